import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import {
  compareNumbers,
  type FoundNumber,
  isTelling,
  numbersIn,
} from "@/lib/subtitles/quality/translation-numbers";
import { fold, missedTerms, type TermRendering } from "@/lib/subtitles/quality/translation-terms";
import {
  englishLength,
  isUntranslated,
  marksIn,
  repeatsItself,
  withoutMarks,
} from "@/lib/subtitles/quality/translation-text";
import type { FindingCode } from "@/lib/subtitles/quality/types";

/** Something about a translated cue that a person should look at. */
export interface TranslationFinding {
  code: Extract<FindingCode, `translation_${string}`>;
  /** Of the translation; absent where there is no such cue. */
  cueId?: string;
  startMs: number;
  endMs: number;
  values: Record<string, string | number>;
}

export interface TranslationCheckOptions {
  /** Cues of the source and of its translation; a translated cue has the id of its source. */
  source: readonly Cue[];
  target: readonly Cue[];
  /** BCP 47. */
  sourceLanguage: string;
  targetLanguage: string;
  terms?: readonly TermRendering[] | undefined;
}

/** A cue of the source beside its translation. */
interface Pair {
  source: Cue;
  target: Cue;
  from: string;
  to: string;
}

/** A sentence over several cues may have its words in another order: looked for this far away. */
const reach = 2;

const lineOf = (text: string) => plainText(text).replace(/\s+/gu, " ").trim();

/**
 * Holds a translation against its source, cue by cue: missing, left in the source's language,
 * numbers, addresses and placeholders, glossary, length, repetition, and a source that has changed
 * since. What moved to a neighbour within a sentence is no finding.
 */
export function checkTranslation(options: TranslationCheckOptions): TranslationFinding[] {
  const targets = new Map(options.target.map((cue) => [cue.id, cue]));
  const pairs: Pair[] = [];
  const findings: TranslationFinding[] = [];
  for (const source of options.source) {
    const target = targets.get(source.id);
    const from = lineOf(source.text);
    if (target) pairs.push({ source, target, from, to: lineOf(target.text) });
    else if (/[\p{L}\p{N}]/u.test(from) && !isCovered(source, options.target)) {
      const { startMs, endMs } = source;
      findings.push({ code: "translation_missing", startMs, endMs, values: { text: shown(from) } });
    }
  }
  findings.push(
    ...pairs.flatMap((pair) => cueFindings(pair, options)),
    ...movable(pairs, (pair) => numbersOf(pair, options), "translation_numbers"),
    ...movable(pairs, marksOf, "translation_placeholders"),
    ...glossaryFindings(pairs, options.terms ?? []),
    ...lengthFindings(pairs, options),
    ...repeatedFindings(pairs),
    ...staleFindings(options),
  );
  const place = new Map(options.target.map((cue, index) => [cue.id, index]));
  const placeOf = (finding: TranslationFinding) => place.get(finding.cueId ?? "") ?? -1;
  return findings.sort((a, b) => a.startMs - b.startMs || placeOf(a) - placeOf(b));
}

function about(
  { target }: Pair,
  code: TranslationFinding["code"],
  values: TranslationFinding["values"] = {},
): TranslationFinding {
  return { code, cueId: target.id, startMs: target.startMs, endMs: target.endMs, values };
}

/** Long texts are shown by their beginning. */
function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text;
}

/** Merged or cut anew by a person: another cue stands where it was. */
function isCovered(source: Cue, target: readonly Cue[]): boolean {
  let low = 0;
  let high = target.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((target[middle]?.endMs ?? 0) <= source.startMs) low = middle + 1;
    else high = middle;
  }
  const found = target[low];
  return found !== undefined && found.startMs < source.endMs;
}

function cueFindings(pair: Pair, options: TranslationCheckOptions): TranslationFinding[] {
  const { from, to } = pair;
  if (!/[\p{L}\p{N}]/u.test(from)) return [];
  if (!/[\p{L}\p{N}]/u.test(to)) return [about(pair, "translation_missing", { text: shown(from) })];
  const languages = { from: options.sourceLanguage, to: options.targetLanguage };
  const [said, rendered] = [withoutMarks(from), withoutMarks(to)];
  if (isUntranslated(said, rendered, languages)) return [about(pair, "translation_untranslated")];
  return [];
}

interface Differences<T> {
  missing: T[];
  extra: T[];
  same(a: T, b: T): boolean;
  text(each: T): string;
  /** Whether it is worth telling that the source, or the translation, lacks it. */
  tells(each: T, side: "source" | "target"): boolean;
}

function numbersOf(pair: Pair, options: TranslationCheckOptions): Differences<FoundNumber> {
  const { missing, extra } = compareNumbers(
    numbersIn(withoutMarks(pair.from), options.sourceLanguage),
    numbersIn(withoutMarks(pair.to), options.targetLanguage),
  );
  return {
    missing,
    extra,
    same: (a, b) => compareNumbers([a], [b]).missing.length === 0,
    text: (number) => number.text,
    tells: (number, side) =>
      isTelling(number, side === "source" ? options.sourceLanguage : options.targetLanguage),
  };
}

function marksOf(pair: Pair): Differences<string> {
  const extra = marksIn(pair.to);
  const missing = marksIn(pair.from).filter((mark) => {
    const at = extra.indexOf(mark);
    if (at !== -1) extra.splice(at, 1);
    return at === -1;
  });
  return { missing, extra, same: (a, b) => a === b, text: (mark) => mark, tells: () => true };
}

/** Findings about what is in one side only; what a neighbour has too much of has only moved. */
function movable<T>(
  pairs: readonly Pair[],
  differences: (pair: Pair) => Differences<T>,
  code: TranslationFinding["code"],
): TranslationFinding[] {
  const all = pairs.map((pair) => (pair.to === "" ? undefined : differences(pair)));
  all.forEach((here, index) => {
    if (!here) return;
    here.missing = here.missing.filter((each) => {
      for (let at = Math.max(0, index - reach); at <= index + reach; at++) {
        const there = all[at];
        const found = there?.extra.findIndex((other) => here.same(each, other)) ?? -1;
        if (found === -1) continue;
        there?.extra.splice(found, 1);
        return false;
      }
      return true;
    });
  });
  return pairs.flatMap((pair, index) => {
    const { missing = [], extra = [], tells, text } = all[index] ?? {};
    if (!tells || !text) return [];
    const lost = missing.filter((each) => tells(each, "target")).map(text);
    const added = extra.filter((each) => tells(each, "source")).map(text);
    if (lost.length + added.length === 0) return [];
    return [about(pair, code, { missing: lost.join(", "), extra: added.join(", ") })];
  });
}

function glossaryFindings(
  pairs: readonly Pair[],
  terms: readonly TermRendering[],
): TranslationFinding[] {
  return missedTerms(pairs, terms, reach).flatMap(({ index, term }) => {
    const pair = pairs[index];
    if (!pair || pair.to === "") return [];
    return [about(pair, "translation_glossary", { term: term.source, expected: term.target })];
  });
}

/** Below this many characters of English a text can be any length in another language. */
const minLength = 20;

function lengthFindings(
  pairs: readonly Pair[],
  options: TranslationCheckOptions,
): TranslationFinding[] {
  const lengths = pairs.map(({ from, to }) => ({
    from: englishLength(withoutMarks(from), options.sourceLanguage),
    to: englishLength(withoutMarks(to), options.targetLanguage),
  }));
  const ratioOf = (first: number, last: number) => {
    const near = lengths.slice(Math.max(0, first), last + 1);
    return (
      near.reduce((sum, each) => sum + each.to, 0) / near.reduce((sum, each) => sum + each.from, 0)
    );
  };
  return pairs.flatMap((pair, index) => {
    const length = lengths[index];
    if (!length || length.from < minLength || length.to === 0) return [];
    const ratio = length.to / length.from;
    const around = ratioOf(index - 1, index + 1);
    // Within a sentence words move between cues, but then the cues together have their length.
    if ((ratio >= 0.3 && ratio <= 3.3) || (around >= 0.75 && around <= 1.5)) return [];
    return [about(pair, "translation_length", { percent: Math.round(ratio * 100) })];
  });
}

/** Shorter texts ("네, 맞아요.") answer many things. */
const minRepeated = 8;

function repeatedFindings(pairs: readonly Pair[]): TranslationFinding[] {
  return pairs.flatMap((pair, index) => {
    if (repeatsItself(pair.to) && !repeatsItself(pair.from)) {
      return [about(pair, "translation_repeated", { text: shown(pair.to) })];
    }
    if (pair.to.length < minRepeated) return [];
    const before = pairs.slice(Math.max(0, index - reach), index);
    const twin = before.some(
      ({ from, to }) => fold(to) === fold(pair.to) && fold(from) !== fold(pair.from),
    );
    return twin ? [about(pair, "translation_repeated", { text: shown(pair.to) })] : [];
  });
}

function staleFindings({ source, target }: TranslationCheckOptions): TranslationFinding[] {
  const texts = new Map(source.map((cue) => [cue.id, cue.text]));
  return target.flatMap((cue) => {
    if (!isStale(cue, (sourceCueId) => texts.get(sourceCueId))) return [];
    const now = texts.get(cue.provenance?.translation?.sourceCueId ?? "");
    const { id: cueId, startMs, endMs } = cue;
    return [
      {
        code: "translation_stale" as const,
        cueId,
        startMs,
        endMs,
        values: { text: shown(lineOf(now ?? "")) },
      },
    ];
  });
}

/**
 * Whether a translated cue renders a text that its source doesn't have any more. Line breaks and
 * markup are no part of it. `textOf`: what a cue of the source says now.
 */
export function isStale(
  { provenance }: Pick<Cue, "provenance">,
  textOf: (sourceCueId: string) => string | undefined,
): boolean {
  const made = provenance?.translation;
  if (!made) return false;
  const now = textOf(made.sourceCueId);
  if (now === made.sourceText) return false;
  return now === undefined || lineOf(now) !== lineOf(made.sourceText);
}
