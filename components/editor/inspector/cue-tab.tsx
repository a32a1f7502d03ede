"use client";

import { TextCursorInput } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, useDeferredValue } from "react";
import { SourceSection } from "@/components/side-by-side/source-section";
import { CueSpeaker, CueSpeakerMenu } from "@/components/speakers/cue-speaker";
import { useSpeakersOfVideo } from "@/components/speakers/speakers-context";
import { useCue, useCueIds } from "@/lib/client/use-track";
import type { Cue } from "@/lib/subtitles/model";
import { useSpeaker } from "../actions/use-speaker";
import { useEditor, useSelection } from "../editor-context";
import { CueMeter } from "../list/cue-meter";
import { CueTimes } from "../list/cue-times";
import { placesOf } from "../list/places";
import { CueStory } from "./cue-story";
import { CueWords } from "./cue-words";

/** All about the chosen cue. */
export function CueTab() {
  const { session } = useEditor();
  const t = useTranslations("editor.cue");
  const cueId = useSelection((selection) => selection.cueId);
  const count = useSelection(({ range }) => range.size);
  // After the list: a keystroke there doesn't wait for what is told beside it.
  const cue = useDeferredValue(useCue(session, cueId ?? ""));
  if (!cue) {
    return (
      <p className="flex items-start gap-2 text-ink-muted">
        <TextCursorInput aria-hidden="true" className="mt-0.75 size-4 shrink-0" />
        {t("none")}
      </p>
    );
  }
  return <About cue={cue} count={count} />;
}

const About = memo(function About({ cue, count }: { cue: Cue; count: number }) {
  const { session } = useEditor();
  const t = useTranslations("editor.cue");
  const list = useTranslations("editor.list");
  return (
    <div className="flex flex-col gap-4">
      {count > 1 ? <p className="font-medium">{list("count", { count })}</p> : null}
      <Facts cue={cue} />
      <SourceSection cue={cue} />
      <CueWords cue={cue} />
      <section className="flex flex-col gap-1 border-t pt-3">
        <h3 className="font-medium text-sm">{t("story")}</h3>
        <CueStory session={session} cue={cue} />
      </section>
    </div>
  );
});

function Facts({ cue }: { cue: Cue }) {
  const { session, profile, readOnly } = useEditor();
  const t = useTranslations("editor.cue");
  const ids = useCueIds(session);
  const choose = useSpeaker(cue.id);
  const speakers = useSpeakersOfVideo()?.speakers;
  const number = (placesOf(ids).get(cue.id) ?? 0) + 1;
  // Times are stepped from what they are now, not from what was painted.
  const now = useCue(session, cue.id) ?? cue;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">{t("number", { number })}</h3>
      <CueTimes cue={now} labelled className="grid grid-cols-2 gap-2" />
      <CueMeter text={cue.text} cue={cue} profile={profile} />
      {speakers?.length || cue.speaker !== undefined ? (
        <div className="flex min-h-7 items-center gap-2 text-sm">
          <span className="text-ink-muted">{t("speaker")}</span>
          <CueSpeaker speaker={cue.speaker} />
          {readOnly ? null : <CueSpeakerMenu session={session} cue={cue} onChoose={choose} />}
        </div>
      ) : null}
    </section>
  );
}
