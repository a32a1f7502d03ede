import "server-only";
import { recognitionPrompt } from "@/lib/speech/prompt";
import { type LockedJob, termsOfJob } from "../repo";

/** The names and terms that recognition of a job is told to expect; undefined: none. */
export async function promptOf(
  { id, settings }: Pick<LockedJob, "id" | "settings">,
  language: string | undefined,
): Promise<string | undefined> {
  const { hints: terms } = await termsOfJob(id);
  return recognitionPrompt({ hints: settings.hints, terms, language });
}
