"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  moveCues,
  setEnd,
  setStart,
  setStartShiftRest,
  snapToShots,
  snapToSpeech,
} from "@/lib/subtitles/operations/editing";
import { formatPreciseClock } from "@/lib/subtitles/time";
import { useEditor, useSelection } from "../editor-context";
import { useCommand } from "../keys/keys-context";
import { chosenIds } from "../selection/selection";
import { useAnnounce } from "./announcer";
import { RepeatedGroup } from "./repeated-group";
import { makingOf, useEdits } from "./use-edits";

/** How far a nudge moves a time, in ms. */
export const nudgeMs = 100;

/** Setting and moving the times of the chosen cues. */
export function useTimeCommands(): void {
  const { readOnly } = useEditor();
  const some = useSelection(({ cueId }) => cueId !== null);
  const options = { enabled: some && !readOnly };
  useTimesAtPlayhead(options);
  useNudges(options);
  useSnaps(options);
}

interface Options {
  enabled: boolean;
}

function useTimesAtPlayhead(options: Options): void {
  const { selection, player, session } = useEditor();
  const t = useTranslations("editor.done");
  const edits = useEdits();
  const announce = useAnnounce();

  const set = (edge: "start" | "end") => {
    const { cueId } = selection.get();
    if (cueId === null) return;
    const ms = player.timeMs;
    const done = edits.make((now) =>
      (edge === "start" ? setStart : setEnd)({
        ...makingOf(now),
        cues: now.session.document.cues(),
        neighbours: "push",
        cueId,
        ms,
      }),
    );
    const cue = session.document.cue(cueId);
    if (!done || !cue) return;
    const time = formatPreciseClock(edge === "start" ? cue.startMs : cue.endMs);
    announce(t(edge === "start" ? "startSet" : "endSet", { time }));
  };
  useCommand("time.set-start", () => set("start"), options);
  useCommand("time.set-end", () => set("end"), options);
  useCommand("time.set-start-writing", () => set("start"), options);
  useCommand("time.set-end-writing", () => set("end"), options);

  const setAndShift = () => {
    const { cueId } = selection.get();
    if (cueId === null) return;
    edits.make((now) => setStartShiftRest(now.session.document.cues(), cueId, player.timeMs), {
      said: t("restShifted"),
    });
  };
  useCommand("time.set-start-shift-rest", setAndShift, options);
}

function useNudges(options: Options): void {
  const { selection, session, video } = useEditor();
  const t = useTranslations("editor.done");
  const refusals = useTranslations("editor.refusals");
  const edits = useEdits();
  const announce = useAnnounce();
  const [repeated] = useState(() => new RepeatedGroup());

  const nudge = (edge: "start" | "end", deltaMs: number) => {
    const { cueId } = selection.get();
    const cue = cueId === null ? undefined : session.document.cue(cueId);
    if (!cue) return;
    const done = edits.make(
      (now) =>
        (edge === "start" ? setStart : setEnd)({
          ...makingOf(now),
          cues: now.session.document.cues(),
          neighbours: "clamp",
          cueId: cue.id,
          ms: (edge === "start" ? cue.startMs : cue.endMs) + deltaMs,
        }),
      { unchanged: refusals("unmoved"), group: repeated.next(`${edge}:${cue.id}`, Date.now()) },
    );
    const after = session.document.cue(cue.id);
    if (!done || !after) return;
    const time = formatPreciseClock(edge === "start" ? after.startMs : after.endMs);
    announce(t(edge === "start" ? "startSet" : "endSet", { time }));
  };
  const shift = (deltaMs: number) => {
    const ids = chosenIds(selection.get(), session.document.ids);
    const { durationMs } = video;
    const done = edits.make(
      (now) =>
        moveCues(now.session.document.cues(), new Set(ids), deltaMs, {
          ...(durationMs !== null && { durationMs }),
        }),
      { unchanged: refusals("unmoved"), group: repeated.next(`move:${ids.join()}`, Date.now()) },
    );
    const first = session.document.cue(ids[0] ?? "");
    if (done && first) announce(t("startSet", { time: formatPreciseClock(first.startMs) }));
  };
  const back = -nudgeMs;
  useCommand("time.nudge-start-back", () => nudge("start", back), options);
  useCommand("time.nudge-start-forward", () => nudge("start", nudgeMs), options);
  useCommand("time.nudge-end-back", () => nudge("end", back), options);
  useCommand("time.nudge-end-forward", () => nudge("end", nudgeMs), options);
  useCommand("time.shift-back", () => shift(back), options);
  useCommand("time.shift-forward", () => shift(nudgeMs), options);
}

function useSnaps(options: Options): void {
  const { selection, session, speech, shotChanges, video } = useEditor();
  const t = useTranslations("editor.done");
  const edits = useEdits();
  const ids = () => new Set(chosenIds(selection.get(), session.document.ids));
  const toSpeech = () =>
    edits.make(
      (now) =>
        snapToSpeech({
          ...makingOf(now),
          cues: now.session.document.cues(),
          ids: ids(),
          speech,
          ...(video.durationMs !== null && { durationMs: video.durationMs }),
        }),
      { said: t("snapped") },
    );
  const toShots = () =>
    edits.make(
      (now) =>
        snapToShots({
          ...makingOf(now),
          cues: now.session.document.cues(),
          ids: ids(),
          shotChanges,
        }),
      { said: t("snapped") },
    );
  useCommand("time.snap-speech", toSpeech, options);
  useCommand("time.snap-shot", toShots, options);
}
