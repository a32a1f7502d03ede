import "server-only";
import path from "node:path";
import { extractChunk } from "@/lib/media";
import { type SpeechEngine, speechEngine } from "@/lib/speech";
import { type Chunk, planChunks } from "@/lib/speech/chunks";
import { hearLanguages } from "@/lib/speech/language-plan";
import { speechRuns } from "@/lib/speech/language-runs";
import { transaction } from "@/lib/transaction";
import { localCopy, withWorkFolder } from "@/lib/videos/files";
import { derivativeKey } from "@/lib/videos/keys";
import { getOwnVideo } from "@/lib/videos/service";
import { appendEvent, type LockedJob } from "../repo";
import type { LanguagePlan } from "../schema";
import { readChunks, type SpeechSpan } from "./chunk-repo";
import { readLanguagePlan, replaceChunks, storeLanguagePlan, tellLanguage } from "./language-repo";
import { lockLive } from "./progress";
import type { StepCall } from "./steps";

/**
 * How often an engine is asked about languages: first one window in so many, then as often as it
 * takes where they differ. Weighing a window costs a second of this machine, a tenth of what
 * recognising it does; where only recognising tells, half a minute is paid for each time.
 */
const looksOf: Record<
  SpeechEngine["capabilities"]["languageDetection"],
  { oneIn: number; least: number; first: number; most: number }
> = {
  probabilities: { oneIn: 3, least: 6, first: 30, most: 160 },
  transcription: { oneIn: 40, least: 3, first: 6, most: 24 },
};

/**
 * With the language left to us: listens to windows spread over the speech, and where they differ
 * closer, stores what was heard, and cuts the chunks anew where the language changes, each with its
 * language. Does nothing when the language was given, and keeps what an earlier attempt heard.
 */
export async function planLanguages(call: StepCall): Promise<void> {
  const job = await transaction((tx) => lockLive(tx, call));
  if (job.language !== "auto" || (await readLanguagePlan(job.id))) return;
  const speech = distinct((await readChunks(job.id)).flatMap((chunk) => chunk.speech));
  const allowed = job.settings.allowedLanguages;
  const plan = await hear(call, job, speech);
  if (!plan) return;
  const { durationMs } = await getOwnVideo({ ownerId: job.ownerId, videoId: job.videoId });
  await transaction(async (tx) => {
    const live = await lockLive(tx, call);
    // None told among those allowed: the first of them is as good as the others, and better than all.
    const language = plan.language ?? allowed[0] ?? null;
    const kept: LanguagePlan = { ...plan, language };
    await storeLanguagePlan(tx, live.id, kept);
    if (language === null) return;
    const chunks = plan.stretches.length > 1 && cutByLanguage(plan, speech, durationMs ?? 0);
    const replaced = chunks && (await replaceChunks(tx, live.id, chunks));
    if (!replaced) await tellLanguage(tx, live.id, language);
    await appendEvent(tx, live.id, { kind: "language", language, plan: kept });
  });
}

/** A stretch that was cut in two for the engine is in both chunks. */
function distinct(spans: readonly SpeechSpan[]): SpeechSpan[] {
  const byStart = new Map(spans.map((span) => [span.startMs, span]));
  return [...byStart.values()].toSorted((a, b) => a.startMs - b.startMs);
}

async function hear(
  call: StepCall,
  job: LockedJob,
  speech: readonly SpeechSpan[],
): Promise<LanguagePlan | undefined> {
  const [first] = speech;
  const last = speech.at(-1);
  const allowed = job.settings.allowedLanguages;
  const [only] = allowed;
  if (!first || !last) return { language: null, windows: [], stretches: [] };
  if (only !== undefined && allowed.length === 1) {
    const whole = { startMs: first.startMs, endMs: last.endMs, language: only };
    return { language: only, windows: [], stretches: [whole] };
  }
  const engine = speechEngine();
  const { languageDetection, chunkFormat } = engine.capabilities;
  const runs = speechRuns(speech).length;
  const { oneIn, least, first: mostAtFirst, most } = looksOf[languageDetection];
  // Recognition names the language of what it hears at no further cost.
  if (languageDetection === "transcription" && runs === 1 && allowed.length === 0) return undefined;
  return withWindows(call, job, (extract) =>
    hearLanguages({
      speech,
      looks: { first: Math.min(mostAtFirst, Math.max(least, Math.ceil(runs / oneIn))), most },
      precise: languageDetection === "probabilities",
      listen: async (window, among = allowed) => {
        const file = await extract(window, chunkFormat);
        const durationMs = window.endMs - window.startMs;
        return engine.detectLanguage({
          path: file,
          durationMs,
          allowed: among,
          ...(call.signal && { signal: call.signal }),
        });
      },
    }),
  );
}

/** The video's sound on this machine, cut as asked. */
async function withWindows<T>(
  { signal }: StepCall,
  { ownerId, videoId }: LockedJob,
  work: (extract: (window: SpeechSpan, ending: string) => Promise<string>) => Promise<T>,
): Promise<T> {
  const { sourceKey } = await getOwnVideo({ ownerId, videoId });
  return withWorkFolder(async (folder) => {
    const key = derivativeKey(sourceKey, "audio.wav");
    const input = await localCopy({ key, folder, ...(signal && { signal }) });
    return work(async ({ startMs, endMs }, ending) => {
      const output = path.join(folder, `window-${startMs}.${ending}`);
      await extractChunk({ input, output, startMs, endMs, signal });
      return output;
    });
  });
}

function cutByLanguage(plan: LanguagePlan, speech: readonly SpeechSpan[], durationMs: number) {
  const { chunkTargetMs, chunkMaxMs } = speechEngine().capabilities;
  const chunks = planChunks({
    speech,
    durationMs,
    targetMs: chunkTargetMs,
    maxMs: chunkMaxMs,
    cuts: plan.stretches.slice(1).map(({ startMs }) => startMs),
  });
  return chunks.map((chunk) => ({
    ...chunk,
    speech: speech.filter((span) => span.endMs > chunk.startMs && span.startMs < chunk.endMs),
    language: languageOf(chunk, plan),
  }));
}

/** The last stretch that has begun by the middle of the chunk. */
function languageOf({ startMs, endMs }: Chunk, { stretches, language }: LanguagePlan): string {
  const middleMs = (startMs + endMs) / 2;
  const stretch = stretches.findLast((each) => each.startMs <= middleMs) ?? stretches[0];
  return stretch?.language ?? language ?? "";
}
