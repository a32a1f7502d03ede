import "server-only";
import { AppError } from "@/lib/errors";
import { idsOf, type TranslationPart } from "@/lib/retranslation/part";
import { spreadText } from "@/lib/retranslation/spread";
import { type Cue, writesSpaces } from "@/lib/subtitles/model";
import { type RuleProfile, resolveProfile } from "@/lib/subtitles/rules";
import { storeAgain, type TextAgain } from "@/lib/tracks/made-again";
import { trackSource } from "@/lib/tracks/service";
import type { TranslatedCue } from "@/lib/translation/types";
import type { LockedJob } from "../repo";
import { readBatches } from "../translation-repo";
import type { MadeTranslation } from "./translated-track";

/** The rules that a language of a job keeps to: of a part those of the track that it is a part of. */
export async function rulesOf(
  { settings, ownerId }: Pick<LockedJob, "settings" | "ownerId">,
  language: string,
): Promise<RuleProfile> {
  const { part, rules } = settings;
  const own = part && (await trackSource({ ownerId, trackId: part.trackId })).profile;
  return own ?? resolveProfile(rules, language);
}

/** Makes the texts of some cues of a translation from their batches, as one edit of its track. */
export async function makePart(
  job: LockedJob,
  part: TranslationPart,
  language: string,
): Promise<MadeTranslation> {
  const { id: jobId, ownerId, sourceTrackId, sourceRevision } = job;
  if (sourceTrackId === null) throw new AppError("gone", { detail: "the source is gone" });
  const revision = sourceRevision ?? undefined;
  const source = await trackSource({ ownerId, trackId: sourceTrackId, revision });
  const target = await trackSource({ ownerId, trackId: part.trackId, revision: part.revision });
  const batches = await readBatches(jobId, language);
  const translated = batches.flatMap(({ result }) => result?.cues ?? []);
  const texts = textsAgain(part, {
    ...{ jobId, language, translated, source: source.cues, target: target.cues },
    profile: await rulesOf(job, language),
  });
  const [first] = translated;
  return {
    engine: first && { engine: first.engine, model: first.model },
    store: async (tx) => {
      const { trackId, revision: seen } = part;
      const stored = await storeAgain(tx, { trackId, actorId: ownerId, jobId, seen, texts });
      // Nothing was made that anybody gets: nothing is paid for.
      if (stored === 0) throw new AppError("conflict", { detail: "every cue is another by now" });
      return trackId;
    },
  };
}

interface Making {
  jobId: string;
  language: string;
  profile: RuleProfile;
  translated: readonly TranslatedCue[];
  /** Both as they were ordered. */
  source: readonly Cue[];
  target: readonly Cue[];
}

function textsAgain(part: TranslationPart, making: Making): TextAgain[] {
  const { jobId, language, profile, translated, source, target } = making;
  const sourceTexts = new Map(source.map(({ id, text }) => [id, text]));
  const byId = new Map(translated.map((cue) => [cue.cueId, cue]));
  const shown = new Map(target.map((cue) => [cue.id, cue]));
  const at = new Date().toISOString();
  return part.cues.flatMap((each): TextAgain[] => {
    const made = each.sourceIds.flatMap((id) => byId.get(id) ?? []);
    const [first] = made;
    const line = joined(made, language);
    // What no engine brought back keeps the translation that it has.
    if (!first || line === "") return [];
    const cueIds = idsOf(each);
    const parts = cueIds.flatMap((id) => shown.get(id) ?? []);
    const texts = spreadText(line, parts, { language, profile });
    const { engine, model, way } = first;
    const terms = [...new Set(made.flatMap(({ terms: found }) => found ?? []))];
    const shortened = made.some((cue) => cue.shortened);
    const provenance = {
      ...{ origin: "translation" as const, engine, model, jobId, at },
      ...(terms.length > 0 && { terms }),
      translation: {
        sourceCueId: first.cueId,
        sourceText: sourceTexts.get(first.cueId) ?? "",
        way,
        ...(shortened && { shortened: true }),
      },
    };
    return [{ cueIds, texts, provenance }];
  });
}

function joined(cues: readonly TranslatedCue[], language: string): string {
  const texts = cues.map(({ text }) => text).filter((text) => text !== "");
  return texts.join(writesSpaces(language) ? " " : "");
}
