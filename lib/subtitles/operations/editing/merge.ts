import { joinProvenance } from "@/lib/subtitles/cue-parts";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import {
  type Edited,
  edited,
  type Making,
  refused,
} from "@/lib/subtitles/operations/editing/edited";
import { maxCueText } from "@/lib/subtitles/operations/limits";
import { breakLines } from "@/lib/subtitles/segmentation";

export interface MergeOptions extends Making {
  /** The track's, in its order. */
  cues: readonly Cue[];
  /** Of cues that follow each other, in any order. */
  ids: ReadonlySet<string>;
}

/**
 * Cues that follow each other as one, which keeps the first one's id and looks. The text is joined
 * as its language writes it and broken into lines anew. Where two people speak, each has a line
 * that begins with a dash, and the cue is nobody's in particular.
 */
export function mergeCues({ cues, ids, ...making }: MergeOptions): Edited {
  const from = cues.findIndex(({ id }) => ids.has(id));
  const merged = from === -1 ? [] : cues.slice(from, from + ids.size);
  const [first] = merged;
  if (!first || ids.size < 2 || !merged.every(({ id }) => ids.has(id))) {
    return refused("not_neighbours");
  }
  const cue = merged.reduce((a, b) => joined(a, b));
  const speaker = merged.every((other) => other.speaker === first.speaker);
  const text = textOf(merged, speaker, making);
  if (text.length > maxCueText) return refused("text_too_long");
  const { speaker: _, ...nobodys } = cue;
  const insert = [{ ...(speaker ? cue : nobodys), text }];
  return edited([{ kind: "replaceCues", remove: merged.map(({ id }) => id), insert }]);
}

/** A cue with the one after it; the previous and the next are `mergeCues` of two. */
export function mergeWithNeighbour({
  cueId,
  neighbour,
  ...options
}: Omit<MergeOptions, "ids"> & { cueId: string; neighbour: "next" | "previous" }): Edited {
  const at = options.cues.findIndex(({ id }) => id === cueId);
  if (at === -1) return refused("cue_not_found");
  const other = options.cues[neighbour === "next" ? at + 1 : at - 1];
  if (!other) return refused("not_neighbours");
  return mergeCues({ ...options, ids: new Set([cueId, other.id]) });
}

/** All but the text. */
function joined(a: Cue, b: Cue): Cue {
  const words = [...(a.words ?? []), ...(b.words ?? [])];
  const provenance = joinProvenance(a, b);
  return {
    ...a,
    endMs: Math.max(a.endMs, b.endMs),
    ...(words.length > 0 && { words }),
    ...(provenance && { provenance }),
  };
}

const dash = /^\s*[-\u2010-\u2015\uff0d]/;

function textOf(merged: readonly Cue[], sameSpeaker: boolean, { language, profile }: Making) {
  const spoken = merged.filter(({ text }) => plainText(text).trim() !== "");
  const texts: string[] = [];
  let before: Cue | undefined;
  for (const cue of spoken) {
    const change = before !== undefined && before.speaker !== cue.speaker;
    const first = before === undefined;
    const dashed = !sameSpeaker && (first || change) && !dash.test(plainText(cue.text));
    texts.push(dashed ? `- ${cue.text}` : cue.text);
    before = cue;
  }
  const own = merged[0]?.language ?? language;
  return breakLines(texts.join("\n"), { language: own, profile });
}
