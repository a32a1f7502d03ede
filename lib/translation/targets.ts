import { languageName, speechLanguages } from "@/lib/speech/languages";
import others from "./languages.json" with { type: "json" };

interface NamedLanguage {
  code: string;
  ko: string;
  en: string;
}

/** Languages that recognition doesn't know, and regional forms of those it does. */
const otherLanguages: readonly NamedLanguage[] = others;

const otherByCode = new Map(otherLanguages.map((entry) => [entry.code, entry]));

/** Two codes of one language, as a recogniser, an engine or a person writes them. */
const aliases: Record<string, string> = { nb: "no", fil: "tl", jw: "jv", cmn: "zh", iw: "he" };

/** Chosen by a more exact code below, so not offered beside them. */
const generalOnes = new Set(["pt", "zh"]);

/**
 * Every language that has a name here and can be chosen to translate into: what an engine without a
 * list of its own is offered for. "en" is American English.
 */
export const namedTargets: readonly string[] = [
  ...speechLanguages.map(({ code }) => code).filter((code) => !generalOnes.has(code)),
  ...otherLanguages.map(({ code }) => code).filter((code) => code !== "en-US"),
];

/** The target's name for a person; the code itself where we don't know it. */
export function targetName(code: string, locale: "ko" | "en"): string {
  const known = otherByCode.get(code);
  if (known) return known[locale];
  const primary = code.split("-", 1)[0] ?? code;
  return languageName(aliases[primary] ?? code, locale);
}

function languageAndScript(code: string): string {
  try {
    const { language, script } = new Intl.Locale(code.replaceAll("_", "-")).maximize();
    return `${aliases[language] ?? language}-${script ?? ""}`;
  } catch {
    return code.toLowerCase();
  }
}

/**
 * Whether a translation into `target` would be the spoken language over again: "en" and "en-GB"
 * are, "zh" (simplified) and "zh-Hant" are not. "auto" is nobody's language yet.
 */
export function sameLanguage(spoken: string, target: string): boolean {
  if (spoken === "auto") return false;
  return languageAndScript(spoken) === languageAndScript(target);
}

/**
 * Whether what is said in a language can be translated at all; of "auto" it isn't known yet. An
 * engine without lists knows every target too, so a pair is known when both its sides are.
 */
export function translatesFrom(status: { sources: readonly string[] }, spoken: string): boolean {
  if (spoken === "auto" || status.sources.length === 0) return true;
  const primary = spoken.split("-", 1)[0] ?? spoken;
  return status.sources.includes(spoken) || status.sources.includes(aliases[primary] ?? primary);
}
