"use client";

import { useEffect } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { useQuality } from "@/components/quality/quality-context";
import { afterPaint } from "@/lib/client/after-paint";
import type { TimelineController } from "./controller";
import { conflictedCues, gravestFindings } from "./cue-marks";

const none: readonly never[] = [];

/**
 * Marks cues that have something the matter with them. Outside of React: both stores tell of much
 * else, and what is marked is worked out only when their lists are others.
 */
export function useMarks(timeline: TimelineController): void {
  const { queue } = useEditor().session;
  const quality = useQuality();
  useEffect(() => {
    let callOff = () => {};
    const end = followed(
      quality,
      () => quality?.get().queue?.open ?? none,
      (open) => {
        callOff();
        // Looking through all of a long track is no part of the answer that brings them.
        callOff = afterPaint(() => timeline.setMarks({ findings: gravestFindings(open) }));
      },
    );
    return () => {
      callOff();
      end?.();
    };
  }, [timeline, quality]);
  useEffect(
    () =>
      followed(
        queue,
        () => queue.getState().conflicts,
        (conflicts) => timeline.setMarks({ conflicts: conflictedCues(conflicts) }),
      ),
    [timeline, queue],
  );
}

interface Told {
  subscribe: (listener: () => void) => () => void;
}

/** Calls `onOther` now and whenever `read` answers another object. */
function followed<Part>(
  store: Told | null,
  read: () => Part,
  onOther: (part: Part) => void,
): (() => void) | undefined {
  let known = read();
  onOther(known);
  return store?.subscribe(() => {
    const now = read();
    if (now === known) return;
    known = now;
    onOther(now);
  });
}
