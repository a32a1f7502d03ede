import { matchSequences } from "./diff";
import type { SpeechSegment, SpeechWord } from "./types";

/**
 * Puts timed words onto the text of their segments. whisper-1 answers words without punctuation
 * and without spaces while its segments have both; other servers keep them. The segments' text is
 * the authority on what is said, the words on when: letters are matched one by one, everything
 * between two matched words joins the word it leans on, words written without a space between
 * them (3.5, it's, 국가/언어) become one, and text that has no timed word gets a shared-out time.
 */
export function wordsOnText(options: {
  /** Texts as the service gave them: a leading space means a space before the segment. */
  segments: readonly SpeechSegment[];
  words: readonly SpeechWord[];
}): SpeechWord[] {
  const { segments, words } = options;
  const anchors = findAnchors(segments, words);
  if (!anchors) return byTime(segments, words);
  const matched = new Set(anchors.map((anchor) => anchor.word));
  const spare = words.filter((word) => !matched.has(word) && hasCore(word.text));
  const bySegment = Map.groupBy(anchors, (anchor) => anchor.segment);
  const placed = segments.flatMap((segment, index) => {
    const before = segments[index - 1]?.text;
    return segmentWords({
      segment,
      index,
      anchors: bySegment.get(index) ?? [],
      spare,
      spaceBefore: before !== undefined && spaceBetween(before, segment.text),
    });
  });
  return inOrder(placed);
}

/** Where words and text are not of one speech, the words stay as they are, placed by their time. */
function byTime(segments: readonly SpeechSegment[], words: readonly SpeechWord[]): SpeechWord[] {
  const placed = words.map((word, index) => {
    const next = segments.findIndex((segment) => segment.endMs >= word.startMs);
    const before = words[index - 1]?.text;
    return {
      ...word,
      spaceBefore: before !== undefined && spaceBetween(before, word.text),
      segment: next === -1 ? segments.length - 1 : next,
    };
  });
  return inOrder(placed);
}

/** The running text of words. */
export function textOfWords(words: readonly SpeechWord[]): string {
  return words
    .map((word) => (word.spaceBefore ? ` ${word.text}` : word.text))
    .join("")
    .trim();
}

/** In order of time without overlap: an end gives way to the next start. */
export function inOrder(words: readonly SpeechWord[]): SpeechWord[] {
  const ordered: SpeechWord[] = [];
  for (const word of words) {
    const previous = ordered.at(-1);
    const startMs = Math.max(word.startMs, previous?.startMs ?? 0);
    if (previous && previous.endMs > startMs) previous.endMs = startMs;
    ordered.push({ ...word, startMs, endMs: Math.max(startMs, word.endMs) });
  }
  return ordered;
}

/** Letters, digits and the marks on them: what both the words and the text have in common. */
const core = /[\p{L}\p{N}\p{M}]/u;
const hasCore = (text: string) => core.test(text);

/** Scripts written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\u3000-\u303f\uff00-\uffef]/u;

/** Whether a space stands between two texts where neither says so itself. */
export function spaceBetween(before: string, after: string): boolean {
  if (/^\s/.test(after) || /\s$/.test(before)) return true;
  const left = Array.from(before).at(-1) ?? "";
  const right = Array.from(after)[0] ?? "";
  return !unspaced.test(left) && !unspaced.test(right);
}

interface Anchor {
  word: SpeechWord;
  segment: number;
  /** The word's place in the segment's text: [from, to) in UTF-16 units. */
  from: number;
  to: number;
}

/** More differences than this between words and text, and they are not of the same speech. */
const maxEdits = 1_000;

function findAnchors(segments: readonly SpeechSegment[], words: readonly SpeechWord[]) {
  const text = segments.flatMap((segment, index) =>
    coreCharacters(segment.text).map((at) => ({ ...at, segment: index })),
  );
  const spoken = words.flatMap((word) => coreCharacters(word.text).map((at) => ({ ...at, word })));
  const pairs = matchSequences(
    text.map((at) => at.character),
    spoken.map((at) => at.character),
    maxEdits,
  );
  if (!pairs) return undefined;
  const places = new Map<SpeechWord, (typeof text)[number][]>();
  for (const [textIndex, spokenIndex] of pairs) {
    const place = text[textIndex];
    const word = spoken[spokenIndex]?.word;
    if (!place || !word) continue;
    const found = places.get(word);
    if (found) found.push(place);
    else places.set(word, [place]);
  }
  return [...places].flatMap(([word, found]): Anchor[] => {
    const segment = found[0]?.segment ?? 0;
    const inside = found.filter((place) => place.segment === segment);
    // A stray letter in common with the text is chance, not the same word.
    if (inside.length * 2 < coreCharacters(word.text).length) return [];
    return [{ word, segment, from: inside[0]?.from ?? 0, to: inside.at(-1)?.to ?? 0 }];
  });
}

function coreCharacters(text: string): { character: string; from: number; to: number }[] {
  const characters: { character: string; from: number; to: number }[] = [];
  let from = 0;
  for (const character of text) {
    const to = from + character.length;
    if (core.test(character)) characters.push({ character: character.toLowerCase(), from, to });
    from = to;
  }
  return characters;
}

interface Draft extends SpeechWord {
  spaceBefore: boolean;
}

function segmentWords(options: {
  segment: SpeechSegment;
  index: number;
  anchors: readonly Anchor[];
  spare: readonly SpeechWord[];
  spaceBefore: boolean;
}): SpeechWord[] {
  const { segment, anchors, spare } = options;
  const drafts: Draft[] = [];
  let cursor = 0;
  let previous: Draft | undefined;
  for (const anchor of [...anchors, undefined]) {
    const gap = splitGap(
      segment.text.slice(cursor, anchor?.from),
      previous !== undefined,
      anchor !== undefined,
    );
    if (previous) previous.text += gap.trailing;
    const fromMs = previous?.endMs ?? segment.startMs;
    const toMs = anchor?.word.startMs ?? segment.endMs;
    const filled = fillGap(gap.between, fromMs, Math.max(fromMs, toMs), spare);
    drafts.push(...filled);
    if (!anchor) break;
    const text = gap.leading + segment.text.slice(anchor.from, anchor.to);
    const draft = { ...anchor.word, text, spaceBefore: gap.spaceBefore || filled.length > 0 };
    if (previous && !draft.spaceBefore && joins(previous.text, draft.text)) {
      absorb(previous, draft);
    } else {
      drafts.push(draft);
      previous = draft;
    }
    cursor = anchor.to;
  }
  const [first] = drafts;
  if (first) first.spaceBefore = options.spaceBefore;
  return drafts.map((draft) => ({ ...draft, segment: options.index }));
}

/**
 * What stands between two words: up to the first space it belongs to the word before, from the
 * last space on to the word after, text in the middle to neither.
 */
function splitGap(gap: string, hasBefore: boolean, hasAfter: boolean) {
  const first = gap.search(/\s/);
  if (first === -1) {
    if (!hasBefore) {
      if (hasAfter) return { trailing: "", between: "", leading: gap, spaceBefore: false };
      return { trailing: "", between: gap, leading: "", spaceBefore: false };
    }
    const opening = hasAfter ? gap.search(/[\p{Ps}\p{Pi}\p{Sc}¿¡#@]/u) : -1;
    const cut = opening === -1 ? gap.length : opening;
    return {
      trailing: gap.slice(0, cut),
      between: "",
      leading: gap.slice(cut),
      spaceBefore: false,
    };
  }
  const last = gap.length - (/\S*$/.exec(gap)?.[0].length ?? 0);
  const head = gap.slice(0, first);
  const tail = gap.slice(last);
  const middle = gap.slice(first, last).trim();
  const between = [hasBefore ? "" : head, middle, hasAfter ? "" : tail].filter(Boolean).join(" ");
  const lost = hasCore(between);
  // A dash between spaces leans on the word before it.
  const leaning = hasBefore && !lost && between ? ` ${between}` : "";
  return {
    trailing: (hasBefore ? head : "") + leaning,
    between: lost ? between : "",
    leading: hasAfter ? (lost || hasBefore || !between ? "" : `${between} `) + tail : "",
    spaceBefore: true,
  };
}

/** Text without words of its own: timed by spare words where they fit, else by its length. */
function fillGap(
  text: string,
  fromMs: number,
  toMs: number,
  spare: readonly SpeechWord[],
): Draft[] {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return [];
  const heard = spare.filter((word) => {
    const middleMs = (word.startMs + word.endMs) / 2;
    return middleMs >= fromMs && middleMs <= toMs;
  });
  if (heard.length === tokens.length) {
    return tokens.map((token, index) => ({
      ...(heard[index] ?? { startMs: fromMs, endMs: toMs }),
      ...token,
    }));
  }
  const total = tokens.reduce((sum, token) => sum + token.text.length, 0);
  const at = (length: number) => Math.round(fromMs + ((toMs - fromMs) * length) / total);
  let done = 0;
  return tokens.map((token) => {
    const startMs = at(done);
    done += token.text.length;
    return { ...token, startMs, endMs: at(done), interpolated: true };
  });
}

const wordSegmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** Words of a text: by spaces, and where a script has none, by dictionary. */
function tokensOf(text: string): { text: string; spaceBefore: boolean }[] {
  return text
    .split(/\s+/)
    .filter(hasCore)
    .flatMap((piece) => {
      if (!unspaced.test(piece)) return [{ text: piece, spaceBefore: true }];
      const tokens: { text: string; spaceBefore: boolean }[] = [];
      for (const { segment, isWordLike } of wordSegmenter.segment(piece)) {
        const last = tokens.at(-1);
        if (last && !isWordLike) last.text += segment;
        else tokens.push({ text: segment, spaceBefore: tokens.length === 0 });
      }
      return tokens;
    });
}

/** Two timed pieces of one written word. */
function joins(before: string, after: string): boolean {
  const left = Array.from(before).at(-1) ?? "";
  const right = Array.from(after)[0] ?? "";
  return !unspaced.test(left) && !unspaced.test(right);
}

function absorb(word: Draft, piece: SpeechWord): void {
  word.text += piece.text;
  word.endMs = Math.max(word.endMs, piece.endMs);
  if (piece.confidence === undefined) return;
  // A word is as sure as its least sure piece.
  word.confidence = Math.min(word.confidence ?? 1, piece.confidence);
}
