import "server-only";
import { builtInProfiles } from "@/lib/profiles/built-in";
import { listProfiles } from "@/lib/profiles/service";
import type { JobOptions } from "./options";
import { plainOptions } from "./plain-options";
import { readPreference, writePreference } from "./preference-repo";
import { type JobKind, type JobPreference, jobPreference } from "./schema";

/** What a person is offered first: the choice of their last order, or the defaults. */
export async function jobPreferenceOf(ownerId: string): Promise<JobPreference> {
  // What an older version has stored and this one doesn't understand is as good as nothing.
  const stored = jobPreference.safeParse((await readPreference(ownerId)) ?? {});
  const choice = stored.success ? stored.data : { language: "auto", options: plainOptions };
  const { profile } = choice.options;
  if (builtInProfiles.some((name) => name === profile)) return choice;
  const own = await listProfiles(ownerId);
  if (own.some(({ id }) => id === profile)) return choice;
  return { ...choice, options: { ...choice.options, profile: plainOptions.profile } };
}

export async function setJobPreference(options: {
  ownerId: string;
  choice: JobPreference;
}): Promise<JobPreference> {
  const { ownerId, choice } = options;
  await writePreference(ownerId, { language: choice.language, options: lasting(choice.options) });
  return jobPreferenceOf(ownerId);
}

/** Keeps what was ordered for the next order; a translation says nothing about recognition. */
export async function rememberChoice(order: {
  ownerId: string;
  kind: JobKind;
  choice: JobPreference;
}): Promise<void> {
  const { ownerId, kind, choice } = order;
  if (kind !== "translate") {
    await setJobPreference({ ownerId, choice });
    return;
  }
  const before = await jobPreferenceOf(ownerId);
  const { targets, formality, glossary, profile } = choice.options;
  const options = { ...before.options, targets, formality, glossary, profile };
  await setJobPreference({ ownerId, choice: { ...before, options } });
}

/** Without what belongs to one video. */
function lasting(options: JobOptions): JobOptions {
  const { speakerCount: _, ...rest } = options;
  return { ...rest, hints: [], corrections: [] };
}
