import languages from "./languages.json" with { type: "json" };

/** One language that Whisper recognises. */
export interface SpeechLanguage {
  /** BCP-47 code, the one used everywhere in the product. */
  code: string;
  /** The lower-case English name that Whisper answers with, e.g. "korean". */
  whisperName: string;
  ko: string;
  en: string;
}

/**
 * The 100 languages of Whisper's tokenizer (openai/whisper `whisper/tokenizer.py`, `LANGUAGES`,
 * large-v3), in its order: roughly by the hours it was trained on. Its `jw` is BCP-47's `jv`. The
 * local Whisper server reads the same file.
 */
export const speechLanguages: readonly SpeechLanguage[] = languages;

const byCode = new Map(speechLanguages.map((entry) => [entry.code, entry]));

/** Other names Whisper knows a language by (`TO_LANGUAGE_CODE`), and codes Intl leaves alone. */
const aliases: Record<string, string> = {
  burmese: "my",
  castilian: "es",
  flemish: "nl",
  haitian: "ht",
  letzeburgesch: "lb",
  mandarin: "zh",
  moldavian: "ro",
  moldovan: "ro",
  panjabi: "pa",
  pushto: "ps",
  sinhalese: "si",
  valencian: "ca",
  cmn: "zh",
  fil: "tl",
  jw: "jv",
  nb: "no",
};

const byName = new Map([
  ...speechLanguages.flatMap((entry): [string, string][] => [
    [entry.whisperName, entry.code],
    [entry.en.toLowerCase(), entry.code],
    [entry.ko, entry.code],
  ]),
  ...Object.entries(aliases),
]);

/**
 * The code of a language given by code ("ko", "KO-kr", "kor") or by name ("korean", "한국어").
 * Undefined for anything that isn't one of `speechLanguages`.
 */
export function normaliseLanguage(nameOrCode: string): string | undefined {
  const wanted = nameOrCode.trim().normalize("NFC").toLowerCase().replaceAll("_", "-");
  if (byCode.has(wanted)) return wanted;
  const named = byName.get(wanted);
  if (named) return named;
  const primary = primarySubtag(wanted);
  if (primary === undefined) return undefined;
  return byCode.has(primary) ? primary : byName.get(primary);
}

function primarySubtag(tag: string): string | undefined {
  // Intl.Locale takes any 5-8 letters for a language, so a word like "klingon" must not pass here.
  if (!/^[a-z]{2,3}(-|$)/.test(tag)) return undefined;
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return undefined;
  }
}

/** The code that Whisper itself takes for one of ours. */
export function whisperCode(code: string): string {
  return code === "jv" ? "jw" : code;
}

/** The language's name for a person; the code itself where we don't know it. */
export function languageName(code: string, locale: "ko" | "en"): string {
  return byCode.get(code)?.[locale] ?? code;
}
