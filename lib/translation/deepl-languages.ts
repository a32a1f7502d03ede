import packaged from "./deepl-languages.json" with { type: "json" };

/** DeepL's codes as they are written in its documentation: "en-US", "zh-Hans", "nb". */
export type DeeplCode = string;

const list = (codes: string): readonly DeeplCode[] => codes.split(" ");

/**
 * What DeepL translates, for when it can't be asked: the product configuration of its own mock
 * server (DeepLcom/deepl-mock 1.21.0) without what its v2 addresses hide.
 */
export const packagedLanguages = {
  sources: list(packaged.sources),
  targets: list(packaged.targets),
  formality: list(packaged.formality),
};

/** Languages between any two of which DeepL takes glossaries (deepl-node 1.28.0). */
const glossaryLanguages = new Set(list(packaged.glossary));

/** Ours to theirs, where it isn't the same. Without a region theirs wouldn't be taken. */
const targetCodes: Record<string, DeeplCode> = {
  en: "en-US",
  pt: "pt-BR",
  zh: "zh-Hans",
  no: "nb",
  fil: "tl",
  jw: "jv",
};

/** DeepL answers codes in capitals: "ZH-HANS", "EN-GB", "ES-419". */
function canonical(code: string): DeeplCode {
  return code
    .split("-")
    .map((part, index) =>
      index === 0
        ? part.toLowerCase()
        : part.length === 4
          ? part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()
          : part.toUpperCase(),
    )
    .join("-");
}

/** The code that DeepL takes as a target for one of ours. */
export function deeplTarget(code: string): DeeplCode {
  return targetCodes[code] ?? code;
}

/** The code that DeepL takes as a source for one of ours; it knows sources without regions only. */
export function deeplSource(code: string): DeeplCode {
  const primary = code.split("-", 1)[0] ?? code;
  return primary === "no" ? "nb" : primary === "fil" ? "tl" : primary === "jw" ? "jv" : primary;
}

const ourTargets: Record<DeeplCode, string> = {
  "en-US": "en",
  nb: "no",
  pt: "pt-BR",
  zh: "zh-Hans",
};

/** Our code of one of DeepL's targets. */
export function ourTarget(code: string): string {
  const known = canonical(code);
  return ourTargets[known] ?? known;
}

/** Our code of one of DeepL's sources. */
export function ourSource(code: string): string {
  const known = canonical(code);
  return known === "nb" ? "no" : known;
}

/** The pair of a glossary, or undefined where DeepL takes none. */
export function glossaryPair(source: string, target: string): [DeeplCode, DeeplCode] | undefined {
  const from = deeplSource(source);
  const to = deeplSource(target);
  if (from === to || !glossaryLanguages.has(from) || !glossaryLanguages.has(to)) return undefined;
  return [from, to];
}
