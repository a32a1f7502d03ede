import { saveJobTrack } from "@/lib/jobs/pipeline/saving";
import {
  beginJob,
  extractJobAudio,
  needsLanguage,
  planJobChunks,
  recogniseJobChunk,
} from "@/lib/jobs/pipeline/steps";
import { settleJob } from "@/lib/jobs/settle";
import { inngest } from "../client";
import { jobRequested } from "../events";
import { failureCode, stepWork } from "../step-errors";

/** From a video to a track of subtitles. Steps return ids and small numbers only. */
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
      await settleJob({
        jobId,
        attempt,
        outcome: { status: "failed", errorCode, errorDetail: error.message },
      });
    },
  },
  async ({ event, step }) => {
    const { jobId, attempt } = event.data;
    const at = (signal: AbortSignal) => ({ jobId, attempt, signal });

    await step.run(
      "begin",
      stepWork((signal) => beginJob(at(signal))),
    );
    await step.run(
      "extract-audio",
      stepWork((signal) => extractJobAudio(at(signal))),
    );
    const plan = await step.run(
      "plan-chunks",
      stepWork((signal) => planJobChunks(at(signal))),
    );

    const recognise = (index: number) =>
      step.run(
        `recognise-${index}`,
        stepWork((signal) => recogniseJobChunk({ ...at(signal), index })),
      );
    const todo = [...plan.todo];
    // One chunk goes ahead to hear the language; the others are then told it.
    const waits = await step.run(
      "needs-language",
      stepWork((signal) => needsLanguage(at(signal))),
    );
    const scout = waits ? todo.shift() : undefined;
    if (scout !== undefined) await recognise(scout);
    await Promise.all(todo.map(recognise));

    return step.run(
      "save",
      stepWork((signal) => saveJobTrack(at(signal))),
    );
  },
);
