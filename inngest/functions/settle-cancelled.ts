import { settleJob } from "@/lib/jobs/settle";
import { inngest } from "../client";
import { captionVideo } from "./caption-video";

interface Cancelled {
  function_id: string;
  event: { data: { jobId: string; attempt: number } };
}

/**
 * Ends jobs whose run was cancelled by the engine itself (a time-out, an operator): cancelled runs
 * don't call `onFailure`.
 */
export const settleCancelled = inngest.createFunction(
  {
    id: "settle-cancelled",
    name: "Settle cancelled jobs",
    triggers: [
      {
        event: "inngest/function.cancelled",
        if: `event.data.function_id == 'ax2-caption-${captionVideo.id()}'`,
      },
    ],
  },
  async ({ event, step }) => {
    const { jobId, attempt } = (event.data as Cancelled).event.data;
    await step.run("settle", () => settleJob({ jobId, attempt, outcome: { status: "cancelled" } }));
  },
);
