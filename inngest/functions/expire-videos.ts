import { cron } from "inngest";
import { expireVideos, warnOfExpiry } from "@/lib/videos/retention";
import { inngest } from "../client";
import { stepWork } from "../step-errors";

/** Warns of files that go soon, and has those removed whose time is over. */
export const expireVideoFiles = inngest.createFunction(
  { id: "expire-videos", name: "Expire videos' files", triggers: [cron("*/5 * * * *")] },
  async ({ step }) => {
    await step.run(
      "expire",
      stepWork(() => expireVideos()),
    );
    await step.run(
      "warn",
      stepWork(() => warnOfExpiry()),
    );
  },
);
