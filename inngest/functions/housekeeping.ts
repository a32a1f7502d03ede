import { cron } from "inngest";
import { writeCheckpoint } from "@/lib/audit/checkpoints";
import { pruneDevices } from "@/lib/auth/devices";
import { pruneTokens } from "@/lib/auth/one-time-tokens";
import { pruneSessions } from "@/lib/auth/sessions";
import { rotateSigningKeys } from "@/lib/auth/signing-keys";
import { reconcileJobs } from "@/lib/jobs/service";
import { pruneMails } from "@/lib/mail/service";
import { pruneNotices } from "@/lib/notices/service";
import { pruneOutbox } from "@/lib/outbox/service";
import { expireRenders } from "@/lib/renders/keeping";
import { reconcileRenders } from "@/lib/renders/service";
import { pruneInvitations } from "@/lib/sharing/invitations";
import { sweepTrials } from "@/lib/trial/sweep";
import { expireUploads } from "@/lib/videos/uploads";
import { inngest } from "../client";
import { stepWork } from "../step-errors";

/** Ends jobs and renders whose run has vanished. */
export const reconcile = inngest.createFunction(
  { id: "reconcile-jobs", name: "Reconcile jobs", triggers: [cron("*/5 * * * *")] },
  async ({ step }) => {
    await step.run(
      "reconcile",
      stepWork(() => reconcileJobs()),
    );
    await step.run(
      "renders",
      stepWork(() => reconcileRenders()),
    );
  },
);

/** Forgets what nobody needs any more. */
export const sweep = inngest.createFunction(
  { id: "sweep", name: "Sweep leftovers", triggers: [cron("17 * * * *")] },
  async ({ step }) => {
    await step.run(
      "uploads",
      stepWork(() => expireUploads()),
    );
    await step.run(
      "sessions",
      stepWork(() => pruneSessions()),
    );
    await step.run(
      "tokens",
      stepWork(() => pruneTokens()),
    );
    await step.run(
      "devices",
      stepWork(() => pruneDevices()),
    );
    await step.run(
      "signing-keys",
      stepWork(() => rotateSigningKeys()),
    );
    await step.run(
      "outbox",
      stepWork(() => pruneOutbox()),
    );
    await step.run(
      "trials",
      stepWork(() => sweepTrials()),
    );
    await step.run(
      "mails",
      stepWork(() => pruneMails()),
    );
    await step.run(
      "notices",
      stepWork(() => pruneNotices()),
    );
    await step.run(
      "invitations",
      stepWork(() => pruneInvitations()),
    );
    await step.run(
      "renders",
      stepWork(() => expireRenders()),
    );
  },
);

/** Notes outside the database how far the audit log has come. */
export const auditCheckpoint = inngest.createFunction(
  { id: "audit-checkpoint", name: "Audit checkpoint", triggers: [cron("47 * * * *")] },
  ({ step }) =>
    step.run(
      "write",
      stepWork(async () => {
        const checkpoint = await writeCheckpoint();
        return { seq: checkpoint?.seq.toString() ?? null };
      }),
    ),
);
