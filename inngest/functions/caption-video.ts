import { saveJobTrack } from "@/lib/jobs/pipeline/saving";
import { findJobSpeakers } from "@/lib/jobs/pipeline/speakers";
import {
  beginJob,
  extractJobAudio,
  findLanguages,
  type JobWay,
  planJobChunks,
  recogniseJobChunk,
  type StepCall,
  skipJobSpeakers,
} from "@/lib/jobs/pipeline/steps";
import {
  failJobLanguage,
  planJobTranslations,
  translateJobBatches,
} from "@/lib/jobs/pipeline/translation";
import { failJob } from "@/lib/jobs/settle";
import { inngest } from "../client";
import { jobRequested } from "../events";
import { failureCode, stepWork } from "../step-errors";

/** Does one step of a job. */
type Run = <T>(id: string, work: (call: StepCall) => Promise<T>) => Promise<T>;

/**
 * From a video to tracks of subtitles, in the spoken language and in others. Steps return ids and
 * small numbers only.
 */
export const captionVideo = inngest.createFunction(
  {
    id: "caption-video",
    name: "Caption a video",
    triggers: [jobRequested],
    retries: 4,
    concurrency: [{ limit: 2, key: "event.data.ownerId" }, { limit: 4 }],
    // A late cancellation of an earlier attempt must not end this one.
    cancelOn: [
      {
        event: "job/cancel.requested",
        if: "async.data.jobId == event.data.jobId && async.data.attempt == event.data.attempt",
      },
    ],
    onFailure: async ({ event, error }) => {
      const { jobId, attempt } = event.data.event.data;
      const errorCode = failureCode(error);
      await failJob({ jobId, attempt, errorCode, errorDetail: error.message });
    },
  },
  async ({ event, step }) => {
    const { jobId, attempt } = event.data;
    const run: Run = <T>(id: string, work: (call: StepCall) => Promise<T>) => {
      const answer = step.run(
        id,
        stepWork((signal) => work({ jobId, attempt, signal })),
      );
      // Plain data goes through JSON and comes back as it was.
      return answer as Promise<T>;
    };

    const way = await run("begin", beginJob);
    if (!way.hasSource && (await makeSource(run, way)).ended) return;
    const { groups } = await run("plan-translations", planJobTranslations);
    // Side by side, and each ends in its own step: none waits for another's retries.
    await Promise.all(
      groups.map(async (group) => {
        const name = `${group.language}-${group.from}`;
        try {
          await run(`translate-${name}`, (call) => translateJobBatches({ ...call, ...group }));
        } catch (error) {
          const errorCode = failureCode(error as Error);
          const { language } = group;
          await run(`fail-${name}`, (call) => failJobLanguage({ ...call, language, errorCode }));
        }
      }),
    );
  },
);

/** From a file to subtitles in the language that is spoken. */
async function makeSource(run: Run, way: JobWay): Promise<{ ended: boolean }> {
  await run("extract-audio", extractJobAudio);
  await run("plan-chunks", planJobChunks);
  const { waits, todo } = await run("languages", findLanguages);
  const recognise = (index: number) =>
    run(`recognise-${index}`, (call) => recogniseJobChunk({ ...call, index }));
  // One chunk goes ahead to hear the language; the others are then told it.
  const [scout] = waits ? todo : [];
  if (scout !== undefined) await recognise(scout);
  await Promise.all(todo.filter((index) => index !== scout).map(recognise));
  if (way.findsSpeakers) {
    await run("speakers", findJobSpeakers).catch((error: Error) =>
      run("skip-speakers", (call) => skipJobSpeakers({ ...call, errorCode: failureCode(error) })),
    );
  }
  return run("save", saveJobTrack);
}
