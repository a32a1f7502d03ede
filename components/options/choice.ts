import type { JobOptions } from "@/lib/jobs/options";
import { plainOptions } from "@/lib/jobs/plain-options";
import type { CapabilitiesView, JobKind } from "@/lib/jobs/schema";
import { builtInProfiles } from "@/lib/profiles/built-in";
import { sameLanguage, translatesFrom } from "@/lib/translation/targets";

/** What is ordered, apart from the video. */
export interface OrderChoice {
  /** "auto" or a code; of a translation: what the track is in. */
  language: string;
  options: JobOptions;
}

export const plainChoice: OrderChoice = { language: "auto", options: plainOptions };

/** What a choice has to keep to, as far as it is known. */
export interface Offers {
  kind: JobKind;
  capabilities: CapabilitiesView | undefined;
  /** Ids of the person's own profiles. */
  ownProfiles: readonly string[] | undefined;
  /** Left and right of the video's sound are one, and tell nobody apart. */
  mono?: boolean | undefined;
}

/** Something chosen earlier that can't be had now. */
export type Dropped = { what: "target"; code: string } | { what: "speakers" | "profile" };

/** Whether a translation into `target` makes sense: not into what is spoken. */
export function isOffered(target: string, language: string): boolean {
  return !sameLanguage(language, target);
}

/**
 * Why nothing can be translated: there is no engine ("engine"), or none that knows what is spoken
 * ("source"); undefined where something can.
 */
export function untranslatable(
  language: string,
  translation: CapabilitiesView["translation"],
): "engine" | "source" | undefined {
  if (!translation.available) return "engine";
  return translatesFrom(translation, language) ? undefined : "source";
}

/**
 * The choice as it can be ordered here and now, and what had to go. What isn't known yet is left as
 * it is: the server judges it again.
 */
export function offeredChoice(
  choice: OrderChoice,
  { kind, capabilities, ownProfiles, mono = false }: Offers,
): { choice: OrderChoice; dropped: Dropped[] } {
  const dropped: Dropped[] = [];
  const options = { ...choice.options };
  if (capabilities) {
    const { targets, gone } = offeredTargets(choice, capabilities);
    options.targets = targets;
    dropped.push(...gone.map((code): Dropped => ({ what: "target", code })));
    if (!speakersOffered(options.speakers, offeredSpeakers(capabilities, mono))) {
      dropped.push({ what: "speakers" });
      options.speakers = "off";
    }
    const { qualities } = capabilities.speech;
    if (!qualities.includes(options.quality)) {
      options.quality = qualities.includes("standard") ? "standard" : (qualities[0] ?? "standard");
    }
    if (!formalityOffered(options.targets, capabilities)) options.formality = "default";
  }
  if (ownProfiles && !isProfile(options.profile, ownProfiles)) {
    dropped.push({ what: "profile" });
    options.profile = plainOptions.profile;
  }
  if (choice.language !== "auto") options.allowedLanguages = [];
  if (options.speakers === "off") delete options.speakerCount;
  if (kind === "translate") Object.assign(options, withoutRecognition);
  return { choice: { language: choice.language, options }, dropped };
}

/** A translation of a track hears nothing: what concerns hearing is left out. */
const withoutRecognition = {
  speakers: plainOptions.speakers,
  quality: plainOptions.quality,
  hints: [],
  corrections: [],
  allowedLanguages: [],
} satisfies Partial<JobOptions>;

function offeredTargets({ language, options }: OrderChoice, { translation }: CapabilitiesView) {
  // Where nothing can be translated the form says so itself.
  if (untranslatable(language, translation)) return { targets: [], gone: [] };
  const known = new Set(translation.targets.map(({ code }) => code));
  const wanted = options.targets.filter((code) => isOffered(code, language));
  return {
    targets: wanted.filter((code) => known.has(code)),
    gone: wanted.filter((code) => !known.has(code)),
  };
}

type Speakers = CapabilitiesView["speakers"];

/** The ways to tell speakers apart, as far as the video's sound allows them. */
export function offeredSpeakers({ speakers }: CapabilitiesView, mono: boolean): Speakers {
  if (!mono) return speakers;
  return speakers.map((way) =>
    way.id === "channels" ? { ...way, available: false, reason: "mono" } : way,
  );
}

function speakersOffered(wanted: JobOptions["speakers"], speakers: Speakers): boolean {
  return wanted === "off" || speakers.some(({ id, available }) => id === wanted && available);
}

function isProfile(profile: string, own: readonly string[]): boolean {
  return builtInProfiles.some((name) => name === profile) || own.includes(profile);
}

/** Whether one of the targets can be told how to address people. */
export function formalityOffered(
  targets: readonly string[],
  { translation }: CapabilitiesView,
): boolean {
  return translation.targets.some(({ code, formality }) => formality && targets.includes(code));
}

/** A choice without languages that are there already. */
export function withoutTargets(choice: OrderChoice, existing: readonly string[] = []): OrderChoice {
  const targets = choice.options.targets.filter((code) => !existing.includes(code));
  return { ...choice, options: { ...choice.options, targets } };
}

/** What is remembered for the next video: not what belongs to this one. */
export function rememberedOptions(options: JobOptions): JobOptions {
  const { speakerCount: _, ...rest } = options;
  return { ...rest, hints: [], corrections: [] };
}

/** How many of the rarer options differ from what they are anyway. */
export function changedOptions(options: JobOptions): number {
  return [
    options.allowedLanguages.length > 0,
    options.speakers !== plainOptions.speakers,
    options.profile !== plainOptions.profile,
    options.glossary !== plainOptions.glossary,
    options.hints.length > 0,
    options.corrections.length > 0,
    options.quality !== plainOptions.quality,
    options.formality !== plainOptions.formality,
  ].filter(Boolean).length;
}
