import { namedTargets } from "@/lib/translation/targets";

/** Offered first: what most videos here are translated into. */
const usual = ["en", "ja", "ko", "zh-Hans", "es", "fr", "de", "vi", "id", "th"];

/** The languages that a video could have beside those it has, usual ones first. */
export function freeLanguages(taken: readonly string[]): string[] {
  const all = [...usual, ...namedTargets.filter((code) => !usual.includes(code))];
  return all.filter((code) => !taken.includes(code));
}

export function firstFreeLanguage(taken: readonly string[]): string {
  return freeLanguages(taken)[0] ?? "en";
}
