import { recognitionPrompt } from "@/lib/speech/prompt";
import type { JobMaterial } from "../material";

/** The names and terms that recognition of a job is told to expect; undefined: none. */
export function promptOf(
  { material }: { material: JobMaterial },
  language: string | undefined,
): string | undefined {
  return recognitionPrompt({ hints: material.hints, terms: material.terms.hints, language });
}
