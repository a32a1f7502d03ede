import { primaryLanguage } from "@/lib/subtitles/model";
import type { AppliedCorrection } from "@/lib/subtitles/quality/types";
import { particleLength } from "./korean-particles";
import type { SpeechWord } from "./types";

/** What is misheard and what it is. */
export interface CorrectionPair {
  heard: string;
  correct: string;
}

export interface CorrectedSpeech {
  words: SpeechWord[];
  /** Each pair that changed something, in the order of the pairs, with how often. */
  applied: AppliedCorrection[];
  /** Where, in order of time, so that a subtitle can tell what shaped it. */
  places: { startMs: number; endMs: number; heard: string; correct: string }[];
}

/**
 * Replaces what was misheard where it stands as a whole word (or whole words), without regard to
 * case or Unicode form. The longest pair wins, and what a pair put there isn't looked at again.
 * Times stay: those of the words it stood on, shared out by length when their number changes.
 *
 * A whole word is bounded by anything but letters and digits; a hyphen, a dot or an apostrophe
 * between letters is inside it, except before an English 's. In Korean a word may go on with
 * particles ("래프트는" is 래프트 and 는): they stay as they are, also where the new word would ask
 * for another form of them. In scripts without spaces the text is replaced wherever it stands,
 * but not inside a longer run of Kana, Latin letters or digits.
 *
 * @param words absolute times, in order
 * @param language of the speech, BCP-47
 */
export function applyCorrections(
  words: readonly SpeechWord[],
  pairs: readonly CorrectionPair[],
  language: string,
): CorrectedSpeech {
  const wanted = indexPairs(pairs);
  if (wanted.size === 0) return { words: [...words], applied: [], places: [] };
  const running = runningText(words);
  const matches = findMatches(running, wanted, primaryLanguage(language));
  const corrected: SpeechWord[] = [];
  const counts = new Map<CorrectionPair, number>();
  const places: CorrectedSpeech["places"] = [];
  let next = 0;
  for (const group of bySharedWords(matches, running)) {
    corrected.push(...words.slice(next, group.firstWord));
    const made = rewrite(running, words, group);
    corrected.push(...made);
    next = group.lastWord + 1;
    for (const { pair } of group.matches) {
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
      places.push({
        startMs: words[group.firstWord]?.startMs ?? 0,
        endMs: words[group.lastWord]?.endMs ?? 0,
        ...pair,
      });
    }
  }
  corrected.push(...words.slice(next));
  const applied = pairs.flatMap((pair) => {
    const count = counts.get(pair);
    return count ? [{ heard: pair.heard, correct: pair.correct, count }] : [];
  });
  return { words: corrected, applied, places };
}

/** The words' text in one form, and which word each character comes from. */
interface RunningText {
  /** NFC, as it is written. */
  text: string;
  /** Of the same length, in lower case. */
  folded: string;
  /** Index of the word each UTF-16 unit belongs to; of a space: the word before it. */
  word: Int32Array;
  /** Where each word begins in the text. */
  from: Int32Array;
}

function runningText(words: readonly SpeechWord[]): RunningText {
  const parts: string[] = [];
  const from = new Int32Array(words.length + 1);
  let length = 0;
  words.forEach((word, index) => {
    const space = index > 0 && (word.spaceBefore ?? true) ? " " : "";
    const text = word.text.normalize("NFC");
    from[index] = length + space.length;
    parts.push(space + text);
    length += space.length + text.length;
  });
  from[words.length] = length;
  const text = parts.join("");
  const word = new Int32Array(text.length);
  for (let index = 0; index < words.length; index++) {
    word.fill(index, from[index], from[index + 1]);
  }
  return { text, folded: fold(text), word, from };
}

/** Lower case of the same length: the few letters that would grow stay as they are. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (character) => {
    const small = character.toLowerCase();
    return small.length === character.length ? small : character;
  }).join("");
}

interface WantedPair {
  pair: CorrectionPair;
  folded: string;
}

/** Pairs by the first character of what is heard, the longest first. */
function indexPairs(pairs: readonly CorrectionPair[]): Map<string, WantedPair[]> {
  const wanted = new Map<string, WantedPair[]>();
  for (const pair of pairs) {
    const folded = fold(pair.heard.normalize("NFC").replace(/\s+/gu, " ").trim());
    if (folded === "") continue;
    const first = folded.charAt(0);
    const list = wanted.get(first);
    if (list) list.push({ pair, folded });
    else wanted.set(first, [{ pair, folded }]);
  }
  for (const list of wanted.values()) list.sort((a, b) => b.folded.length - a.folded.length);
  return wanted;
}

interface Match {
  pair: CorrectionPair;
  /** [from, to) in the running text. */
  from: number;
  to: number;
}

function findMatches(
  running: RunningText,
  wanted: Map<string, WantedPair[]>,
  language: string,
): Match[] {
  const { text, folded } = running;
  const matches: Match[] = [];
  for (let at = 0; at < folded.length; ) {
    const found = wanted
      .get(folded.charAt(at))
      ?.find((each) => folded.startsWith(each.folded, at) && isWhole(text, at, each, language));
    if (!found) {
      at += 1;
      continue;
    }
    const to = at + found.folded.length;
    const correct = found.pair.correct.normalize("NFC");
    // What is right already is only passed over.
    if (text.slice(at, to) !== correct) matches.push({ pair: found.pair, from: at, to });
    at = to;
  }
  return matches;
}

const letter = /[\p{L}\p{N}\p{M}]/u;
const joining = /[-.'’_@/&+]/u;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function isWhole(text: string, from: number, { folded }: WantedPair, language: string): boolean {
  const to = from + folded.length;
  if (!startsWord(text, from)) return false;
  if (endsWord(text, to) || isQuoted(text, from, to)) return true;
  // A single syllable begins too many other words: 수도 isn't 수 with 도.
  return language === "ko" && folded.length > 1 && particleLength(folded, text.slice(to)) > 0;
}

const before = (text: string, at: number) => Array.from(text.slice(Math.max(0, at - 2), at)).at(-1);
const after = (text: string, at: number) => Array.from(text.slice(at, at + 2))[0];

function startsWord(text: string, from: number): boolean {
  const left = before(text, from);
  const first = after(text, from);
  if (left === undefined || first === undefined || !letter.test(first)) return true;
  if (letter.test(left)) return !sameRun(left, first);
  if (!joining.test(left)) return true;
  const further = before(text, from - left.length);
  return further === undefined || !letter.test(further) || unspaced.test(further);
}

function endsWord(text: string, to: number): boolean {
  const last = before(text, to);
  const right = after(text, to);
  if (right === undefined || last === undefined || !letter.test(last)) return true;
  if (letter.test(right)) return !sameRun(last, right);
  if (!joining.test(right)) return true;
  const rest = text.slice(to + right.length);
  const further = after(rest, 0);
  if (further === undefined || !letter.test(further)) return true;
  return /^['’]s(?![\p{L}\p{N}])/iu.test(text.slice(to)) || unspaced.test(further);
}

/** In single quotes, whatever leans on the closing one: '도맨'을. */
function isQuoted(text: string, from: number, to: number): boolean {
  return /['‘’]/u.test(before(text, from) ?? "") && /['’]/u.test(after(text, to) ?? "");
}

/** Whether two neighbouring letters belong to one word; in scripts without spaces: hardly ever. */
function sameRun(left: string, right: string): boolean {
  if (!unspaced.test(left) && !unspaced.test(right)) return true;
  return [/\p{Script=Katakana}|ー/u, /\p{Script=Thai}/u, /[\p{N}]/u].some(
    (run) => run.test(left) && run.test(right),
  );
}

/** Matches on the same words, which are rewritten together. */
interface MatchGroup {
  matches: Match[];
  firstWord: number;
  lastWord: number;
}

function bySharedWords(matches: readonly Match[], { word }: RunningText): MatchGroup[] {
  const groups: MatchGroup[] = [];
  for (const match of matches) {
    const firstWord = word[match.from] ?? 0;
    const lastWord = word[match.to - 1] ?? firstWord;
    const open = groups.at(-1);
    if (open && firstWord <= open.lastWord) {
      open.matches.push(match);
      open.lastWord = Math.max(open.lastWord, lastWord);
    } else {
      groups.push({ matches: [match], firstWord, lastWord });
    }
  }
  return groups;
}

function rewrite(
  running: RunningText,
  words: readonly SpeechWord[],
  { matches, firstWord, lastWord }: MatchGroup,
): SpeechWord[] {
  const old = words.slice(firstWord, lastWord + 1);
  const [first] = old;
  const last = old.at(-1);
  if (!first || !last) return [];
  const end = running.from[lastWord + 1] ?? running.text.length;
  let text = "";
  let at = running.from[firstWord] ?? 0;
  for (const match of matches) {
    text += running.text.slice(at, match.from) + match.pair.correct.normalize("NFC").trim();
    at = match.to;
  }
  // The next word's space is not this one's.
  text = `${text}${running.text.slice(at, end)}`.trim();
  const tokens = text.split(/\s+/u);
  const confidence = old.flatMap((word) => word.confidence ?? []);
  const doubts = [...new Set(old.flatMap((word) => word.doubts ?? []))];
  const shared = {
    ...first,
    ...(confidence.length > 0 && { confidence: Math.min(...confidence) }),
    ...(doubts.length > 0 && { doubts }),
  };
  const total = tokens.reduce((sum, token) => sum + token.length, 0);
  let done = 0;
  return tokens.map((token, index) => {
    const spaceBefore = index > 0 ? true : first.spaceBefore;
    const kept = tokens.length === old.length ? old[index] : undefined;
    if (kept) return { ...kept, text: token, ...(index > 0 && { spaceBefore }) };
    const timeAt = (length: number) =>
      Math.round(first.startMs + ((last.endMs - first.startMs) * length) / Math.max(1, total));
    const startMs = timeAt(done);
    done += token.length;
    const word: SpeechWord = { ...shared, text: token, startMs, endMs: timeAt(done) };
    if (spaceBefore !== undefined) word.spaceBefore = spaceBefore;
    if (tokens.length > 1) word.interpolated = true;
    return word;
  });
}
