import { useEffect, useState } from "react";
import type { TrackSession } from "@/lib/client/use-track";
import type { Cue } from "@/lib/subtitles/model";

/** Looked at again once the cues have rested for so long, in ms: a keystroke isn't to wait for it. */
const restMs = 500;

type Span = Pick<Cue, "startMs" | "endMs">;
const none: readonly Span[] = [];

/** Where the cues of the open track stand, for the seek bar; a moment behind the edits. */
export function useCueSpans(session: TrackSession | null): readonly Span[] {
  const [shown, setShown] = useState(() => spansOf(session));
  if (shown.session !== session) setShown(spansOf(session));
  useEffect(() => {
    if (!session) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const now = spansOf(session);
      setShown((before) => (sameSpans(before.spans, now.spans) ? before : now));
    };
    const stop = session.document.subscribeContent(() => {
      clearTimeout(timer);
      timer = setTimeout(look, restMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [session]);
  return shown.spans;
}

const spansOf = (session: TrackSession | null) => ({
  session,
  spans: session?.document.cues() ?? none,
});

/** Texts are none of its business. */
function sameSpans(one: readonly Span[], other: readonly Span[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ startMs, endMs }, i) => startMs === other[i]?.startMs && endMs === other[i]?.endMs)
  );
}
