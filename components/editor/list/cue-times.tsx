"use client";

import { useTranslations } from "next-intl";
import { memo, useState } from "react";
import type { Cue } from "@/lib/subtitles/model";
import { setTimes } from "@/lib/subtitles/operations/editing";
import { RepeatedGroup } from "../actions/repeated-group";
import { makingOf, useEdits } from "../actions/use-edits";
import { useEditor } from "../editor-context";
import { TimeField } from "./time-field";

interface CueTimesProps {
  cue: Cue;
  /** The labels are shown, not only read aloud. */
  labelled?: boolean;
  className?: string;
}

/** The start and the end of a cue, to be typed. They are taken as they are, over neighbours too. */
export const CueTimes = memo(function CueTimes({
  cue,
  labelled = false,
  className,
}: CueTimesProps) {
  const { fps, readOnly } = useEditor();
  const t = useTranslations("editor.times");
  const edits = useEdits();
  const [repeated] = useState(() => new RepeatedGroup());
  const set = (edge: "startMs" | "endMs", ms: number, stepped: boolean) =>
    edits.make(
      (now) =>
        setTimes({
          ...makingOf(now),
          ...{ startMs: cue.startMs, endMs: cue.endMs, [edge]: ms },
          cues: now.session.document.cues(),
          cueId: cue.id,
        }),
      stepped ? { group: repeated.next(`${edge}:${cue.id}`, Date.now()) } : {},
    );
  return (
    <div className={className}>
      <TimeField
        label={t("start")}
        labelled={labelled}
        ms={cue.startMs}
        fps={fps}
        disabled={readOnly}
        onSet={(ms, stepped) => set("startMs", ms, stepped)}
      />
      <TimeField
        label={t("end")}
        labelled={labelled}
        ms={cue.endMs}
        fps={fps}
        disabled={readOnly}
        onSet={(ms, stepped) => set("endMs", ms, stepped)}
      />
    </div>
  );
}, isSame);

/** Typing a text is no reason to lay out its times anew. */
function isSame(a: CueTimesProps, b: CueTimesProps): boolean {
  return (
    a.cue.id === b.cue.id &&
    a.cue.startMs === b.cue.startMs &&
    a.cue.endMs === b.cue.endMs &&
    a.labelled === b.labelled &&
    a.className === b.className
  );
}
