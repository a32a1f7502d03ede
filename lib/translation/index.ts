import "server-only";

export { cuesFromTranslation } from "./cues";
export { planTranslation } from "./grouping";
export { translateBatch, translationEngines, translationStatus } from "./service";
export type {
  Formality,
  SourceCue,
  TargetLanguage,
  TermPair,
  TranslatedBatch,
  TranslatedCue,
  TranslationBatchPlan,
  TranslationStatus,
} from "./types";
