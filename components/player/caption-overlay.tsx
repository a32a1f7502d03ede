"use client";

import { useSyncExternalStore } from "react";
import { cn } from "@/components/ui/cn";
import { textRuns } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import type { ActiveCues } from "./active-cues";

const none: readonly Cue[] = [];
const nothing = () => none;

/** Subtitles on the picture. Renders only when the cues on it change, in the same frame. */
export function CaptionOverlay({ active, lang }: { active: ActiveCues; lang: string }) {
  const cues = useSyncExternalStore(active.subscribe, active.get, nothing);
  return (
    <div
      // The cue list has the same text in order; read aloud from here it would come twice.
      aria-hidden="true"
      lang={lang}
      data-testid="captions"
      className="pointer-events-none absolute inset-x-[5%] bottom-[max(6%,var(--controls,0px))] flex flex-col items-center gap-[0.2em] text-center font-semibold text-caption leading-[1.4] [font-size:clamp(0.8125rem,min(5.2cqh,5.6cqw),3.5rem)]"
    >
      {cues.map((cue) =>
        cue.text.trim() === "" ? null : <CaptionText key={cue.id} text={cue.text} />,
      )}
    </div>
  );
}

function CaptionText({ text }: { text: string }) {
  return (
    <p className="max-w-full">
      <span className="whitespace-pre-line bg-caption-box box-decoration-clone px-[0.4em] py-[0.12em]">
        {textRuns(text).map((run, i) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name but their place
            key={i}
            className={cn(
              run.bold && "font-bold",
              run.italic && "[font-style:italic]",
              run.underline && "underline",
            )}
          >
            {run.text}
          </span>
        ))}
      </span>
    </p>
  );
}
