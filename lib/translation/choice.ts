import type { Formality, TranslationCapabilities, TranslationEngine } from "./types";

/** An engine and what it said it can do. */
export interface AbleEngine {
  engine: TranslationEngine;
  capabilities: TranslationCapabilities;
}

const holds = (list: readonly string[], code: string) => list.length === 0 || list.includes(code);

/** Whether the engine's lists hold a target, under our code or without its region. */
function knowsTarget(capabilities: TranslationCapabilities, target: string): boolean {
  return (
    holds(capabilities.targets, target) || capabilities.targets.includes(canonicalTarget(target))
  );
}

/** General codes stand for one of their regions, as the engines' mappings have it. */
export function canonicalTarget(code: string): string {
  return { "en-US": "en", pt: "pt-BR", zh: "zh-Hans", nb: "no", fil: "tl", jw: "jv" }[code] ?? code;
}

function knowsSource(capabilities: TranslationCapabilities, source: string): boolean {
  const primary = source.split("-", 1)[0] ?? source;
  return (
    holds(capabilities.sources, source) || holds(capabilities.sources, canonicalSource(primary))
  );
}

function canonicalSource(primary: string): string {
  return { nb: "no", fil: "tl", jw: "jv" }[primary] ?? primary;
}

/**
 * The engines that can translate the pair, in the order in which they are asked. A wish about how
 * people are addressed goes first to who can be told; else the given order stays.
 */
export function ableEngines(
  engines: readonly AbleEngine[],
  wish: { source?: string | undefined; target: string; formality: Formality },
): AbleEngine[] {
  const able = engines.filter(
    ({ capabilities }) =>
      knowsTarget(capabilities, wish.target) &&
      (wish.source === undefined || knowsSource(capabilities, wish.source)),
  );
  if (wish.formality === "default") return able;
  const told = ({ capabilities }: AbleEngine) =>
    capabilities.formality.includes(canonicalTarget(wish.target));
  return [...able.filter(told), ...able.filter((each) => !told(each))];
}
