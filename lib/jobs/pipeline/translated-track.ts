import "server-only";
import { AppError } from "@/lib/errors";
import { assessTrack } from "@/lib/subtitles/quality";
import type { TrackEvidence } from "@/lib/subtitles/quality/types";
import { resolveProfile } from "@/lib/subtitles/rules";
import { saveTrack, trackSource } from "@/lib/tracks/service";
import { type Tx, transaction } from "@/lib/transaction";
import { cuesFromTranslation } from "@/lib/translation";
import type { TranslatedCue } from "@/lib/translation/types";
import { getOwnVideo } from "@/lib/videos/service";
import { termPairs } from "../material";
import { termsOfJob } from "../repo";
import { readBatches } from "../translation-repo";
import { lockLive } from "./progress";
import { pictureOf } from "./source-cues";
import type { StepCall } from "./steps";
import { makePart } from "./translated-part";

/** A translated track, ready to be stored. */
export interface MadeTranslation {
  /** Stores it within the transaction that takes its price; answers the track's id. */
  store(tx: Tx): Promise<string>;
  /** What translated most of it; undefined: there was nothing to translate. */
  engine: { engine: string; model: string } | undefined;
}

/** Makes the track of a language from its batches. */
export async function makeTranslation(
  call: StepCall & { language: string },
): Promise<MadeTranslation> {
  const { jobId, language } = call;
  const job = await transaction((tx) => lockLive(tx, call));
  const { ownerId, videoId, sourceTrackId, sourceRevision, settings } = job;
  if (settings.part) return makePart(job, settings.part, language);
  if (sourceTrackId === null) throw new AppError("gone", { detail: "the source is gone" });
  const revision = sourceRevision ?? undefined;
  const source = await trackSource({ ownerId, trackId: sourceTrackId, revision });
  const video = await getOwnVideo({ ownerId, videoId });
  const batches = await readBatches(jobId, language);
  const translated = batches.flatMap(({ result }) => result?.cues ?? []);
  const profile = resolveProfile(settings.rules, language);
  const picture = pictureOf(video);
  const cues = cuesFromTranslation({
    source: [...source.cues],
    translated,
    language,
    profile,
    fps: picture.fps,
    durationMs: video.durationMs ?? undefined,
    jobId,
    at: new Date().toISOString(),
  });
  const glossary = termPairs(await termsOfJob(jobId), language);
  const evidence: TrackEvidence = {
    ...{ speech: [], removed: [], corrections: [], stretches: [] },
    durationMs: video.durationMs ?? 0,
    ...picture,
    translation: { sourceLanguage: source.language, ways: waysOf(translated), glossary },
  };
  const report = assessTrack({
    ...{ cues, evidence, profile, language },
    source: { language: source.language, cues: source.cues, glossary },
  });
  const [first] = translated;
  return {
    engine: first && { engine: first.engine, model: first.model },
    store: async (tx) => {
      const of = { ownerId, videoId, jobId, language, sourceTrackId };
      return (await saveTrack(tx, { ...of, cues, profile, evidence, report })).trackId;
    },
  };
}

function waysOf(translated: readonly TranslatedCue[]) {
  const ways: NonNullable<TrackEvidence["translation"]>["ways"] = {};
  for (const { way } of translated) ways[way] = (ways[way] ?? 0) + 1;
  return ways;
}
