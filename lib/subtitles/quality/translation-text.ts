import { primaryLanguage } from "@/lib/subtitles/model";

/** Scripts that texts of a language are written in; any other one for languages not listed. */
const written: Record<string, RegExp> = {
  ko: /\p{Script=Hangul}/gu,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu,
  zh: /\p{Script=Han}/gu,
  yue: /\p{Script=Han}/gu,
  ar: /\p{Script=Arabic}/gu,
  fa: /\p{Script=Arabic}/gu,
  ur: /\p{Script=Arabic}/gu,
  ps: /\p{Script=Arabic}/gu,
  sd: /\p{Script=Arabic}/gu,
  he: /\p{Script=Hebrew}/gu,
  yi: /\p{Script=Hebrew}/gu,
  th: /\p{Script=Thai}/gu,
  lo: /\p{Script=Lao}/gu,
  km: /\p{Script=Khmer}/gu,
  my: /\p{Script=Myanmar}/gu,
  el: /\p{Script=Greek}/gu,
  hy: /\p{Script=Armenian}/gu,
  ka: /\p{Script=Georgian}/gu,
  am: /\p{Script=Ethiopic}/gu,
  ...Object.fromEntries(
    ["ru", "uk", "be", "bg", "mk", "kk", "ky", "mn", "tg", "tt", "ba"].map((code) => [
      code,
      /\p{Script=Cyrillic}/gu,
    ]),
  ),
  ...Object.fromEntries(
    ["hi", "mr", "ne", "sa", "mai", "bho"].map((code) => [code, /\p{Script=Devanagari}/gu]),
  ),
  bn: /\p{Script=Bengali}/gu,
  as: /\p{Script=Bengali}/gu,
  ta: /\p{Script=Tamil}/gu,
  te: /\p{Script=Telugu}/gu,
  kn: /\p{Script=Kannada}/gu,
  ml: /\p{Script=Malayalam}/gu,
  gu: /\p{Script=Gujarati}/gu,
  si: /\p{Script=Sinhala}/gu,
  bo: /\p{Script=Tibetan}/gu,
};

/** Written in two scripts: which one says nothing. */
const twoScripts = new Set(["sr", "uz", "az", "bs", "pa", "tk", "ku", "jv", "su", "ha"]);

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

function writingOf(language: string): RegExp | undefined {
  const primary = primaryLanguage(language);
  return twoScripts.has(primary) ? undefined : (written[primary] ?? /\p{Script=Latin}/gu);
}

/** The share of a text's letters from which it counts as left in the source's script. */
const foreignShare = 0.4;

/**
 * Whether a text is still in the source's language: first by its script; where both languages share
 * one, by its words being those of the source. No language is guessed: single cues are too short
 * for that (of 16, the best library tried took 2 for another language), and the source is known.
 */
export function isUntranslated(
  source: string,
  target: string,
  { from, to }: { from: string; to: string },
): boolean {
  if (primaryLanguage(from) === primaryLanguage(to)) return false;
  const letters = count(target, /\p{L}/gu);
  if (letters < 2) return false;
  const own = writingOf(to);
  const theirs = writingOf(from);
  if (!own || !theirs || own.source === theirs.source) return sameWords(source, target);
  // Chinese with kana in it is Japanese.
  if (primaryLanguage(from) === "ja" && own.source === written.zh?.source) {
    return count(target, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu) / letters > foreignShare / 2;
  }
  if (theirs.source === written.zh?.source && primaryLanguage(to) === "ja")
    return sameWords(source, target);
  const foreign = count(target, theirs);
  if (foreign / letters <= foreignShare || count(target, own) >= foreign) return false;
  // Names and abbreviations stay in Latin letters in any language: "NASA", "Netflix".
  if (theirs.source === "\\p{Script=Latin}")
    return /(?<!\p{L})\p{Ll}\p{L}{2,}/u.test(target) || letters >= 12;
  return true;
}

/** Fewer letters may be a name or a word that both languages have. */
const minSharedLetters = 12;
const minSharedWords = 3;

function sameWords(source: string, target: string): boolean {
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const mine = words(target);
  if (mine.join("").length < minSharedLetters) return false;
  const theirs = new Set(words(source));
  const shared = mine.filter((word) => theirs.has(word)).length;
  // Scripts without spaces: the text is one word, so only all of it can be the same.
  if (mine.length < minSharedWords) return shared === mine.length;
  return shared / mine.length >= 0.8;
}

const urlPattern = /(?:https?:\/\/|www\.)[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
const mailPattern = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const markPattern = /\{\{?[\w.]+\}?\}|\$\{[\w.]+\}|%(?:\d+\$)?[sd]\b|(?<![\w@/.])@\w{2,}/g;

/** Addresses, e-mail addresses, placeholders and handles, which no translation changes. */
export function marksIn(text: string): string[] {
  if (!/[/@%{]|www\./i.test(text)) return [];
  const found: string[] = [];
  const rest = [urlPattern, mailPattern, markPattern].reduce(
    (left, pattern) =>
      left.replace(pattern, (mark) => {
        found.push(mark.replace(/[.,;:!?'()]+$/, ""));
        return " ";
      }),
    text,
  );
  return rest === text ? [] : found;
}

/** The text without what `marksIn` finds: digits in an address are no numbers. */
export function withoutMarks(text: string): string {
  if (!/[/@%{]|www\./i.test(text)) return text;
  return text.replace(urlPattern, " ").replace(mailPattern, " ").replace(markPattern, " ");
}

/**
 * Characters that the same thing takes in other languages, English being 1: subtitle translators'
 * rules of thumb (sublingo.cc for ko, ja, es, de). Languages not listed are near English.
 */
const density: Record<string, number> = {
  ko: 0.55,
  ja: 0.45,
  zh: 0.35,
  yue: 0.35,
  es: 1.22,
  de: 1.2,
  fr: 1.2,
  it: 1.15,
  pt: 1.15,
};

/** How long a text is, in characters of English that would say as much. */
export function englishLength(text: string, language: string): number {
  return count(text, /[\p{L}\p{M}\p{N}]/gu) / (density[primaryLanguage(language)] ?? 1.05);
}

/** Shorter ones repeat themselves when people laugh or count. */
const minLoopCharacters = 40;

/**
 * Whether a text goes round in circles, as translators do when they lose the thread: few different
 * runs of characters for its length. Close to a zlib ratio above 2.4, and works in a browser.
 */
export function repeatsItself(text: string): boolean {
  const plain = text.replace(/\s+/gu, " ");
  if (plain.length < minLoopCharacters) return false;
  const runs = new Set<string>();
  const size = 4;
  for (let at = 0; at + size <= plain.length; at++) runs.add(plain.slice(at, at + size));
  return runs.size / (plain.length - size + 1) < 0.4;
}
