import type { LossLog } from "@/lib/subtitles/formats/loss-log";
import { cuesByStart } from "@/lib/subtitles/formats/text-form";
import { isTidyMarkup, literalMarkup, rewriteMarkup } from "@/lib/subtitles/markup";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";

/** Two languages of one video, cue by cue. */
export interface PairedCues {
  /** The first language's, and with an empty text those that only the second has. */
  cues: readonly Cue[];
  /** What the second language says meanwhile; undefined: nothing. */
  textOf(cue: Cue): string | undefined;
}

/** Where the search for a cue that overlaps may begin: no earlier one ends later. */
function overlapFinder(cues: readonly Cue[]): (cue: Cue) => Cue | undefined {
  const latestEnds: number[] = [];
  for (const cue of cues) latestEnds.push(Math.max(latestEnds.at(-1) ?? 0, cue.endMs));
  return ({ startMs, endMs }) => {
    let low = 0;
    let high = cues.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cues[middle]?.startMs ?? 0) < endMs) low = middle + 1;
      else high = middle;
    }
    let best: Cue | undefined;
    let longest = 0;
    // A handful of neighbours: who overlaps far more cues than that has no counterpart.
    for (let i = low - 1; i >= Math.max(0, low - 50) && (latestEnds[i] ?? 0) > startMs; i--) {
      const other = cues[i];
      const shared = other ? Math.min(endMs, other.endMs) - Math.max(startMs, other.startMs) : 0;
      if (other && shared >= longest && shared > 0) {
        best = other;
        longest = shared;
      }
    }
    return best;
  };
}

/**
 * Matches the cues of two languages: by id, as translations keep their source's, else with the one
 * that shares most of its time. What overlaps nothing stays a cue of its own.
 */
export function pairCues(
  first: SubtitleDocument,
  second: SubtitleDocument,
  losses: LossLog,
): PairedCues {
  const sorted = cuesByStart(first.cues);
  const byId = new Map(sorted.map((cue) => [cue.id, cue]));
  const overlapping = overlapFinder(sorted);
  const texts = new Map<Cue, string>();
  const alone: Cue[] = [];
  for (const cue of cuesByStart(second.cues)) {
    const partner = byId.get(cue.id) ?? overlapping(cue);
    if (partner === undefined) {
      const own: Cue = { id: cue.id, startMs: cue.startMs, endMs: cue.endMs, text: "" };
      texts.set(own, cue.text);
      alone.push(own);
      continue;
    }
    if (partner.startMs !== cue.startMs || partner.endMs !== cue.endMs) {
      losses.add("second_retimed", cue.id);
    }
    const before = texts.get(partner);
    texts.set(partner, before === undefined ? cue.text : `${before}\n${cue.text}`);
  }
  return {
    cues: alone.length === 0 ? sorted : cuesByStart([...sorted, ...alone]),
    textOf: (cue) => texts.get(cue),
  };
}

/** The same text with every tag closed, so that it means the same before another text. */
function closed(text: string): string {
  return isTidyMarkup(text)
    ? text
    : rewriteMarkup(text, literalMarkup, (name, closing) => `<${closing ? "/" : ""}${name}>`);
}

/** Both languages in one text, for formats that have no other way. */
export function joinLanguages(
  first: SubtitleDocument,
  second: SubtitleDocument,
  place: "below" | "above",
  losses: LossLog,
): SubtitleDocument {
  const pairs = pairCues(first, second, losses);
  const cues = pairs.cues.map((cue): Cue => {
    const other = pairs.textOf(cue);
    if (other === undefined || other === "") return cue;
    const texts = place === "below" ? [cue.text, other] : [other, cue.text];
    return {
      ...cue,
      text: texts
        .filter((text) => text !== "")
        .map(closed)
        .join("\n"),
    };
  });
  return { ...first, cues };
}
