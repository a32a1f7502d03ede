import { type AbleEngine, ableEngines } from "./choice";
import { namedTargets } from "./targets";
import type { TargetLanguage, TranslationStatus } from "./types";

/** Languages people ask for most come first; the rest by code. */
const first = [
  "ko",
  "en",
  "ja",
  "zh-Hans",
  "zh-Hant",
  "es",
  "fr",
  "de",
  "vi",
  "id",
  "th",
  "pt-BR",
  "ru",
];

/** What can be ordered from these engines, from their own lists. */
export function statusOf(engines: readonly AbleEngine[]): TranslationStatus {
  const codes = new Set([
    ...first,
    ...engines.flatMap(({ capabilities }) =>
      capabilities.targets.length > 0 ? capabilities.targets : namedTargets,
    ),
  ]);
  const targets = [...codes].flatMap((code) => targetLanguage(engines, code) ?? []);
  const rank = (code: string) => first.indexOf(code) + 1 || first.length + 1;
  return {
    available: engines.length > 0,
    engines: engines.map(({ engine }) => ({ id: engine.id, model: engine.model })),
    sources: engines.some(({ capabilities }) => capabilities.sources.length === 0)
      ? []
      : [...new Set(engines.flatMap(({ capabilities }) => capabilities.sources))],
    targets: targets.sort((a, b) => rank(a.code) - rank(b.code) || (a.code < b.code ? -1 : 1)),
  };
}

function targetLanguage(engines: readonly AbleEngine[], code: string): TargetLanguage | undefined {
  const able = ableEngines(engines, { target: code, formality: "default" });
  const preferred = able[0];
  if (!preferred) return undefined;
  return {
    code,
    engine: preferred.engine.id,
    formality: able.some(({ capabilities }) => capabilities.formality.includes(code)),
  };
}
