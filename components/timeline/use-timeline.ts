"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useAnnounce } from "@/components/editor/actions/announcer";
import { useEdits } from "@/components/editor/actions/use-edits";
import { useEditor } from "@/components/editor/editor-context";
import { newId } from "@/lib/ids";
import type { CueOperation } from "@/lib/subtitles/operations";
import { formatPreciseClock } from "@/lib/subtitles/time";
import { TimelineController } from "./controller";
import type { DragEffect } from "./drag";
import type { Times } from "./drag-times";
import type { TimelineFacts } from "./parts";
import { type OnEffect, TimelinePointers } from "./pointers";
import { useMarks } from "./use-marks";

/** The timeline of the open track, and the elements it is drawn with. */
export function useTimeline() {
  const { session, player, active, selection, follow } = useEditor();
  const facts = useFacts();
  const [timeline] = useState(() => {
    const parts = { document: session.document, player, active, selection, follow };
    return new TimelineController(parts, facts);
  });
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);

  useEffect(() => timeline.setFacts(facts), [timeline, facts]);
  useMarks(timeline);
  useEffect(() => {
    if (!area.current || !canvas.current || !playhead.current || !thumb.current) return;
    return timeline.attach({
      area: area.current,
      canvas: canvas.current,
      playhead: playhead.current,
      thumb: thumb.current,
    });
  }, [timeline]);

  const onEffect = useEffects();
  const { dispatch, readOnly } = useEditor();
  const effect = useEffectEvent<OnEffect>(onEffect);
  const open = useEffectEvent((cueId: string) => {
    if (!readOnly) dispatch({ kind: "edit", cueId });
  });
  useEffect(() => {
    if (!area.current) return;
    return new TimelinePointers(timeline, area.current, {
      onEffect: (one) => effect(one),
      onOpen: (cueId) => open(cueId),
    }).attach();
  }, [timeline]);

  return { timeline, area, canvas, playhead, thumb };
}

function useFacts(): TimelineFacts {
  const { profile, fps, video, shotChanges, speech, readOnly } = useEditor();
  const t = useTranslations("timeline");
  const { durationMs } = video;
  return useMemo(
    () => ({
      ...{ profile, fps, durationMs: durationMs ?? 0, shots: shotChanges, speech, readOnly },
      words: {
        gap: (ms) => t("gap", { seconds: (ms / 1000).toFixed(2) }),
        empty: t("empty"),
        snap: (kind) => t(`snap.${kind}`),
      },
    }),
    [profile, fps, durationMs, shotChanges, speech, readOnly, t],
  );
}

/** What a pointer on the timeline does to the track, the selection and the video. */
function useEffects(): OnEffect {
  const { session, player, dispatch } = useEditor();
  const t = useTranslations("timeline");
  const edits = useEdits();
  const announce = useAnnounce();
  const insert = useInsert();

  const select = ({ cueId, how }: Extract<DragEffect, { kind: "select" }>) => {
    const { ids } = session.document;
    if (how === "one") dispatch({ kind: "select", cueId, focus: false });
    else if (how === "extend") dispatch({ kind: "extend", cueId, ids, focus: false });
    else dispatch({ kind: "toggle", cueId });
  };
  const sweep = (fromMs: number, toMs: number) => {
    const cues = session.document.cues();
    const inside = cues.filter((cue) => cue.endMs > fromMs && cue.startMs < toMs);
    const cueIds = inside.map(({ id }) => id);
    dispatch(
      cueIds.length === 0
        ? { kind: "select", cueId: null, focus: false }
        : { kind: "set", cueIds, focus: false },
    );
  };
  const commit = (operation: CueOperation) => {
    if (!edits.make(() => ({ ok: true, operation }))) return;
    const first = operation.kind === "batch" ? operation.operations[0] : operation;
    if (first?.kind !== "setTimes") return;
    const [start, end] = [first.startMs, first.endMs].map(formatPreciseClock);
    announce(t("moved", { start: start ?? "", end: end ?? "" }));
  };
  return (effect) => {
    switch (effect.kind) {
      case "seek":
        return player.seek(effect.ms);
      case "select":
        return select(effect);
      case "sweep":
        return sweep(effect.fromMs, effect.toMs);
      case "commit":
        return commit(effect.operation);
      case "insert":
        return insert(effect.span);
    }
  };
}

/** Makes a cue of drawn times and opens its text. */
function useInsert(): (span: Times) => void {
  const { dispatch } = useEditor();
  const t = useTranslations("timeline");
  const edits = useEdits();
  return (span) => {
    const id = newId();
    const operation: CueOperation = { kind: "insertCue", cue: { id, ...span, text: "" } };
    const done = edits.make(() => ({ ok: true, operation }), { said: t("added") });
    if (done) dispatch({ kind: "edit", cueId: id });
  };
}
