import { primaryLanguage } from "@/lib/subtitles/model";

interface SmiLanguage {
  /** The class of its paragraphs, by custom. */
  className: string;
  name: string;
  tag: string;
}

const customary: Record<string, SmiLanguage> = {
  ko: { className: "KRCC", name: "Korean", tag: "ko-KR" },
  en: { className: "ENCC", name: "English", tag: "en-US" },
  ja: { className: "JPCC", name: "Japanese", tag: "ja-JP" },
  zh: { className: "CNCC", name: "Chinese", tag: "zh-CN" },
};

/** How a language is called in an SMI file; the class is made from its code where none is custom. */
export function smiLanguage(language: string | undefined): SmiLanguage {
  const code = language ?? "";
  const known = customary[primaryLanguage(code)];
  // The tag of the file is what tells Taiwan's Chinese from the mainland's.
  if (known) return /[-_]/.test(code) ? { ...known, tag: code } : known;
  const letters = code.replace(/[^a-z\d]/gi, "").toUpperCase();
  return letters === ""
    ? { className: "SUBTTL", name: "Subtitles", tag: "und" }
    : { className: `${letters}CC`, name: letters, tag: code };
}

/** The language of a class that the file says nothing about; null when custom knows none. */
export function languageOfClass(className: string): string | null {
  const start = className.slice(0, 2).toUpperCase();
  const code = Object.keys(customary).find((key) => customary[key]?.className.startsWith(start));
  if (code !== undefined) return code;
  return { KO: "ko", JA: "ja", CH: "zh", EG: "en" }[start] ?? null;
}
