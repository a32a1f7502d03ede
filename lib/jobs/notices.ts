import "server-only";
import { findNoticed } from "@/lib/accounts/service";
import { routes } from "@/lib/client/routes";
import { queueMail } from "@/lib/mail/service";
import { addNotice } from "@/lib/notices/service";
import type { Tx } from "@/lib/transaction";
import { videoTitle } from "@/lib/videos/service";
import type { LockedJob } from "./repo";

/** Tells the owner how a job ended: in the app, and by mail if they want to hear of it there. */
export async function noticeEnd(
  tx: Tx,
  job: Pick<LockedJob, "id" | "ownerId" | "videoId" | "attempt">,
  status: "completed" | "failed" | "cancelled",
): Promise<void> {
  if (status === "cancelled") return;
  const kind = status === "completed" ? "job-completed" : "job-failed";
  const { id: jobId, ownerId, videoId, attempt } = job;
  const title = await videoTitle(tx, videoId);
  const values = { jobId, videoId, title };
  const dedupeKey = `${kind}:${jobId}:${attempt}`;
  if (!(await addNotice(tx, { userId: ownerId, kind, values, dedupeKey }))) return;
  const owner = await findNoticed(tx, ownerId);
  const wanted = status === "completed" ? "jobCompleted" : "jobFailed";
  if (!owner?.notifications[wanted]) return;
  const { to, userId, locale } = owner;
  await queueMail(tx, { kind, to, userId, locale, values: { title, link: routes.job(jobId) } });
}
