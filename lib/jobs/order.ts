import "server-only";
import { AppError } from "@/lib/errors";
import { termsForJob } from "@/lib/glossary/service";
import { resolveOwnProfile } from "@/lib/profiles/service";
import { speechEngine } from "@/lib/speech";
import type { Tx } from "@/lib/transaction";
import { sameLanguage, translatesFrom } from "@/lib/translation/targets";
import type { TranslationStatus } from "@/lib/translation/types";
import { captionCapabilities } from "./capabilities";
import type { JobMaterial } from "./material";
import type { JobOptions } from "./options";
import type { CapabilitiesView, JobKind } from "./schema";

/** What an order asks of the engines. */
export interface AskedOfEngines {
  kind: JobKind;
  /** What is spoken, of a translate job the track's; "auto": to be found out. */
  language: string;
  options: JobOptions;
  /** Different channels of the video's sound; null: not known. */
  audioChannels: number | null;
}

/**
 * Whether everything that is asked for can be done here: said before the order, never after.
 * @throws {AppError} `speech_unavailable`, `invalid_request` for a quality that there isn't,
 * `speakers_unavailable`, `translation_unavailable`, `translation_language_unsupported`
 */
export async function assertDoable(asked: AskedOfEngines): Promise<void> {
  const { kind, options } = asked;
  // Without an engine a job could only fail.
  if (kind !== "translate") speechEngine();
  const plain = options.quality === "standard" && options.speakers === "off";
  if (plain && options.targets.length === 0) return;
  const capabilities = await captionCapabilities();
  if (kind !== "translate") {
    assertQuality(options, capabilities);
    assertSpeakers(asked, capabilities);
  }
  assertTargets(asked, capabilities.translation);
}

function assertQuality({ quality }: JobOptions, { speech }: CapabilitiesView): void {
  if (quality === "standard" || speech.qualities.includes(quality)) return;
  const message = "The speech engine has no such quality.";
  throw new AppError("invalid_request", { fields: [{ path: "options.quality", message }] });
}

function assertSpeakers(
  { options, audioChannels }: AskedOfEngines,
  { speakers }: CapabilitiesView,
): void {
  if (options.speakers === "off") return;
  const status = speakers.find(({ id }) => id === options.speakers);
  const mono = options.speakers === "channels" && audioChannels === 1;
  if (status?.available && !mono) return;
  const reason = mono ? "mono" : (status?.reason ?? null);
  throw new AppError("speakers_unavailable", { data: { engine: options.speakers, reason } });
}

function assertTargets({ language, options }: AskedOfEngines, status: TranslationStatus): void {
  const targets = options.targets.filter((target) => !sameLanguage(language, target));
  if (targets.length === 0) return;
  if (!status.available) {
    throw new AppError("translation_unavailable", {
      ...(status.problem && { detail: status.problem }),
    });
  }
  const known = new Set(status.targets.map(({ code }) => code));
  const heard = translatesFrom(status, language);
  const unknown = targets.filter((target) => !heard || !known.has(target));
  if (unknown.length === 0) return;
  throw new AppError("translation_language_unsupported", { data: { languages: unknown } });
}

/**
 * The options with the glossary and the rules that they refer to, as they are now.
 * @throws {AppError} `not_found` for somebody else's rules
 */
export async function materialOf(
  order: { ownerId: string; language: string; options: JobOptions },
  tx?: Tx,
): Promise<JobMaterial> {
  const { ownerId, language, options } = order;
  const { hints, corrections, pairs } = await termsForJob(ownerId, options, language, tx);
  const rules = await resolveOwnProfile(ownerId, options.profile, tx);
  return { ...options, terms: { hints, corrections, pairs }, rules };
}
