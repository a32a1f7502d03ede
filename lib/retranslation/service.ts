import "server-only";
import { availableCredits } from "@/lib/credits/balance";
import { quoteView } from "@/lib/credits/quotes";
import { AppError } from "@/lib/errors";
import type { JobOptions } from "@/lib/jobs/options";
import { assertDoable, materialOf } from "@/lib/jobs/order";
import { plainOptions } from "@/lib/jobs/plain-options";
import type { JobView } from "@/lib/jobs/schema";
import { declinedError, jobByKey, optionsOfTrack, partByKey, queueJob } from "@/lib/jobs/service";
import { assertTranslatable } from "@/lib/jobs/translatable";
import { trackAccess } from "@/lib/sharing/access";
import { trackSource, translatedFrom } from "@/lib/tracks/service";
import { transaction } from "@/lib/transaction";
import { assertTrialJob } from "@/lib/trial/visitor-uploads";
import { idsOf, partMs, partOf, priceOfPart, type TranslationPart } from "./part";
import type { RetranslateInput, RetranslationQuote } from "./schema";

interface Chosen {
  userId: string;
  trackId: string;
  cueIds: readonly string[];
}

/**
 * What translating some cues again costs its owner, and leaves.
 * @throws {AppError} `not_found`, `forbidden` for whom the credits aren't, `invalid_request` where
 * none of them has a source
 */
export async function quoteRetranslation(options: Chosen): Promise<RetranslationQuote> {
  const { ownerId, part, source, target } = await planned(options);
  const { durationMs } = part;
  const price = priceOfPart(durationMs, source.language, target.language);
  const cues = part.cues.flatMap(idsOf).length;
  return { ...quoteView(price, await availableCredits(ownerId)), durationMs, cues };
}

/**
 * Orders that some cues of a translation are made again from their source as it is now: a translate
 * job of those cues alone, with all that jobs have. What it makes is one edit of the track, to be
 * undone like all others. The same key again answers the first order.
 * @throws {AppError} `idempotency_conflict` where the key was another order's, what `quoteRetranslation` and `createJob` throw
 */
export async function retranslate(
  options: Chosen & { input: Pick<RetranslateInput, "idempotencyKey" | "maxCredits"> },
): Promise<JobView> {
  const { userId, input } = options;
  const { idempotencyKey, maxCredits } = input;
  const earlier = await orderedBefore(userId, options);
  if (earlier) return earlier;
  const { ownerId, part, source, target, sourceTrackId } = await planned(options);
  const wanted = new Set(part.cues.flatMap(({ sourceIds }) => sourceIds));
  assertTranslatable(
    source.cues.filter(({ id }) => wanted.has(id)),
    part.durationMs,
  );
  const { language } = source;
  const asked = await optionsFor(part.trackId, target.language);
  await assertDoable({ kind: "translate", language, options: asked, audioChannels: null });
  await assertTrialJob(ownerId, part.durationMs);
  const material = await materialOf({ ownerId, language, options: asked });
  const declined = await transaction((tx) =>
    queueJob(tx, {
      ...{ ownerId, language, sourceTrackId, idempotencyKey, maxCredits },
      videoId: target.videoId,
      kind: "translate",
      durationMs: part.durationMs,
      material: { ...material, part },
      sourceRevision: source.revision,
    }),
  );
  if (declined) throw declinedError(declined);
  const made = await orderedBefore(ownerId, options);
  if (!made) throw new AppError("internal", { detail: "the job just made is missing" });
  return made;
}

/** The job of the order's key, if there is one. */
async function orderedBefore(
  ownerId: string,
  { trackId, cueIds, input }: Chosen & { input: Pick<RetranslateInput, "idempotencyKey"> },
): Promise<JobView | undefined> {
  const { idempotencyKey } = input;
  const job = await jobByKey(ownerId, idempotencyKey);
  if (!job) return undefined;
  const part = await partByKey(ownerId, idempotencyKey);
  const chosen = new Set(cueIds);
  const same =
    part?.trackId === trackId &&
    part.cues.every((each) => idsOf(each).some((id) => chosen.has(id)));
  if (!same) throw new AppError("idempotency_conflict");
  return job;
}

/** As the track itself was ordered, with the glossary as it is now. */
async function optionsFor(trackId: string, language: string): Promise<JobOptions> {
  const { glossary, hints, formality } = (await optionsOfTrack(trackId)) ?? plainOptions;
  return { ...plainOptions, glossary, hints, formality, targets: [language] };
}

async function planned({ userId, trackId, cueIds }: Chosen) {
  const { ownerId } = await trackAccess({ userId, trackId, need: "owner" });
  const sourceTrackId = await translatedFrom({ ownerId, trackId });
  if (sourceTrackId === null) throw noSource();
  const [target, source] = await Promise.all([
    trackSource({ ownerId, trackId }),
    trackSource({ ownerId, trackId: sourceTrackId }),
  ]);
  const chosen = new Set(cueIds);
  const cues = partOf({ target: target.cues, source: source.cues, chosen });
  if (cues.length === 0) throw noSource();
  const priced = new Set(cues.flatMap(idsOf));
  const durationMs = partMs(target.cues.filter(({ id }) => priced.has(id)));
  const { revision } = target;
  const part: TranslationPart = { trackId, revision, durationMs, cues };
  return { ownerId, part, source, target, sourceTrackId };
}

function noSource(): AppError {
  const message = "None of these cues renders a source that is there.";
  return new AppError("invalid_request", { fields: [{ path: "cueIds", message }] });
}
