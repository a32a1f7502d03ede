import type { SpeakerTurn } from "./types";

/** In order of time; of those that begin together the longer one first. */
export function inOrder(turns: readonly SpeakerTurn[]): SpeakerTurn[] {
  return turns.toSorted((a, b) => a.startMs - b.startMs || b.endMs - a.endMs);
}

/** Joins the turns of one speaker with less than `gapMs` between them. */
export function joinTurns(turns: readonly SpeakerTurn[], gapMs: number): SpeakerTurn[] {
  const joined: SpeakerTurn[] = [];
  const newest = new Map<string, SpeakerTurn>();
  for (const turn of inOrder(turns)) {
    const last = newest.get(turn.speaker);
    // Somebody else's turn in between keeps them apart: the answer to a question is no pause.
    const between = last && joined.at(-1) !== last;
    if (last && !between && turn.startMs - last.endMs < gapMs) {
      last.endMs = Math.max(last.endMs, turn.endMs);
      continue;
    }
    const copy = { ...turn };
    joined.push(copy);
    newest.set(turn.speaker, copy);
  }
  return joined;
}

/** Names the speakers "1", "2" ... in the order in which they first speak. */
export function numberSpeakers(turns: readonly SpeakerTurn[]): SpeakerTurn[] {
  const numbers = new Map<string, string>();
  return inOrder(turns).map((turn) => {
    const known = numbers.get(turn.speaker) ?? String(numbers.size + 1);
    numbers.set(turn.speaker, known);
    return { ...turn, speaker: known };
  });
}

/** How long each speaks, in ms. */
export function speechBySpeaker(turns: readonly SpeakerTurn[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { speaker, startMs, endMs } of turns) {
    totals.set(speaker, (totals.get(speaker) ?? 0) + endMs - startMs);
  }
  return totals;
}
