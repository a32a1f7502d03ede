import { compactText, joinProvenance, shareWords, timedWords } from "@/lib/subtitles/cue-parts";
import { literalMarkup, plainText } from "@/lib/subtitles/markup";
import { type Cue, type Word, writesSpaces } from "@/lib/subtitles/model";
import { type RuleProfile, textWidth } from "@/lib/subtitles/rules";
import { breakLines, cuesFromWords } from "@/lib/subtitles/segmentation";

/** Two cues with a longer pause between them were not meant as one. */
const mergePauseMs = 1_000;

/** What cues are made by. */
export interface Making {
  profile: RuleProfile;
  /** BCP 47, the track's. */
  language: string;
  fps: number | undefined;
}

/**
 * A cue as several that keep the rules, cut at its words' times, or by length where it has none:
 * the first keeps its id. Nothing where it can't be cut without losing something: marked-up text,
 * a translation, which stands for one cue of its source, and what is one piece.
 */
export function splitCue(cue: Cue, making: Making, freshId: () => string): Cue[] | undefined {
  const language = cue.language ?? making.language;
  const known = splits.get(cue);
  const same =
    known?.profile === making.profile && known.language === language && known.fps === making.fps;
  const pieces = same ? known.pieces : piecesOf(cue, { ...making, language });
  if (!same) splits.set(cue, { ...making, language, pieces });
  return pieces?.map((piece, i) => (i === 0 ? piece : { ...piece, id: freshId() }));
}

/**
 * What cues were cut into last. A screen judges a track after every edit, and most cues are still
 * the same.
 */
const splits = new WeakMap<Cue, Making & { pieces: Cue[] | undefined }>();

/** The pieces of a cue, all under its id. */
function piecesOf(cue: Cue, { language, profile, fps }: Making): Cue[] | undefined {
  if (plainText(cue.text) !== cue.text) return undefined;
  if (cue.provenance?.origin === "translation") return undefined;
  const own = timedWords(cue);
  const words = own ?? wordsByLength(cue, language, profile);
  if (words.length === 0) return undefined;
  const pieces = cuesFromWords({
    words: words.map(({ speaker: _, language: __, ...word }) => word),
    language,
    profile,
    fps,
    makeId: () => cue.id,
  });
  const [first] = pieces;
  if (!first || pieces.length < 2) return undefined;
  const said = pieces.map(({ text }) => text).join("");
  if (compactText(said) !== compactText(cue.text)) return undefined;
  first.startMs = cue.startMs;
  const evidence = own ? undefined : shareWords(cue.words ?? [], pieces);
  return pieces.map((piece, i) => {
    const { words: _, sourceId: __, ...kept } = cue;
    const { startMs, endMs, text } = piece;
    const heard = evidence?.[i] ?? (own ? piece.words : undefined);
    return {
      ...kept,
      ...{ startMs, endMs, text },
      ...(heard && heard.length > 0 && { words: heard }),
      ...(i === 0 && cue.sourceId !== undefined && { sourceId: cue.sourceId }),
    };
  });
}

/** Pieces of the text with times by their length. */
function wordsByLength(cue: Cue, language: string, profile: RuleProfile): Word[] {
  const spaced = writesSpaces(language);
  const pieces = cue.text.split(/(\s+)/).filter((piece) => piece !== "");
  const texts: { text: string; spaceBefore: boolean }[] = [];
  let spaceBefore = false;
  for (const piece of pieces) {
    // A line break is a space only where words have spaces between them.
    if (/^\s+$/.test(piece)) spaceBefore = spaced || piece.includes(" ");
    else {
      texts.push({ text: piece, spaceBefore });
      spaceBefore = false;
    }
  }
  const widths = texts.map(({ text }) => Math.max(0.5, textWidth(text, profile.counting)));
  const total = widths.reduce((sum, width) => sum + width, 0);
  const perWidth = (cue.endMs - cue.startMs) / Math.max(0.5, total);
  let at = cue.startMs;
  return texts.map((word, i) => {
    const startMs = Math.round(at);
    at += (widths[i] ?? 0) * perWidth;
    return { ...word, startMs, endMs: Math.round(at), interpolated: true };
  });
}

/** Two cues that follow each other as one; nothing where they don't belong together. */
export function mergeCues(a: Cue, b: Cue, { language, profile }: Making): Cue | undefined {
  const together =
    a.speaker === b.speaker &&
    a.language === b.language &&
    a.style === b.style &&
    a.settings === undefined &&
    b.settings === undefined &&
    b.startMs - a.endMs <= mergePauseMs &&
    a.provenance?.origin !== "translation" &&
    b.provenance?.origin !== "translation";
  if (!together) return undefined;
  const own = a.language ?? language;
  const text = breakLines(`${a.text}\n${b.text}`, { language: own, profile });
  if (compactText(text) !== compactText(a.text + b.text)) return undefined;
  const words = [...(a.words ?? []), ...(b.words ?? [])];
  const provenance = joinProvenance(a, b);
  return {
    ...a,
    endMs: Math.max(a.endMs, b.endMs),
    text,
    ...(words.length > 0 && { words }),
    ...(provenance && { provenance }),
  };
}

/** A text that was never in a cue, as one. */
export function bareCue(id: string, span: { startMs: number; endMs: number }, text: string): Cue {
  const { startMs } = span;
  return { id, startMs, endMs: Math.max(span.endMs, startMs + 1), text: literalMarkup(text) };
}
