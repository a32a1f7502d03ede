import "server-only";
import { findNoticed } from "@/lib/accounts/service";
import { routes } from "@/lib/client/routes";
import { queueMail } from "@/lib/mail/service";
import type { Tx } from "@/lib/transaction";
import { videoTitle } from "@/lib/videos/service";
import type { LockedJob } from "./repo";

/** Tells the owner by mail how a job ended, if they want to hear of it. */
export async function noticeEnd(
  tx: Tx,
  job: LockedJob,
  status: "completed" | "failed" | "cancelled",
): Promise<void> {
  if (status === "cancelled") return;
  const owner = await findNoticed(tx, job.ownerId);
  const wanted = status === "completed" ? "jobCompleted" : "jobFailed";
  if (!owner?.notifications[wanted]) return;
  const { to, userId, locale } = owner;
  await queueMail(tx, {
    kind: status === "completed" ? "job-completed" : "job-failed",
    to,
    userId,
    locale,
    values: { title: await videoTitle(tx, job.videoId), link: routes.job(job.id) },
  });
}
