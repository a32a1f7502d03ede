import "server-only";
import { findNoticed } from "@/lib/accounts/service";
import { routes } from "@/lib/client/routes";
import { queueMail } from "@/lib/mail/service";
import { addNotice } from "@/lib/notices/service";
import { targetNames } from "@/lib/target-names";
import type { Tx } from "@/lib/transaction";
import { videoTitle } from "@/lib/videos/service";
import type { LockedJob } from "./repo";
import { readTranslations } from "./translation-repo";

/** Tells the owner how a job ended: in the app, and by mail if they want to hear of it there. */
export async function noticeEnd(
  tx: Tx,
  job: Pick<LockedJob, "id" | "ownerId" | "videoId" | "attempt"> & {
    settings?: Pick<LockedJob["settings"], "part">;
  },
  status: "completed" | "failed" | "cancelled",
): Promise<void> {
  if (status === "cancelled") return;
  // A few cues are waited for where they are ordered, and show there: no news, and no mail.
  if (job.settings?.part) return;
  const { id: jobId, ownerId, videoId, attempt } = job;
  const lacking = status === "completed" ? await failedLanguages(tx, jobId) : [];
  const kind = lacking.length > 0 ? "job-partly-completed" : (`job-${status}` as const);
  const title = await videoTitle(tx, videoId);
  const told = { userId: ownerId, dedupeKey: `${kind}:${jobId}:${attempt}` };
  const values = { jobId, videoId, title };
  const news =
    kind === "job-partly-completed"
      ? await addNotice(tx, { ...told, kind, values: { ...values, languages: lacking } })
      : await addNotice(tx, { ...told, kind, values });
  if (!news) return;
  const owner = await findNoticed(tx, ownerId);
  if (!owner || !isWanted(kind, owner.notifications)) return;
  const { to, userId, locale } = owner;
  const mail = { to, userId, locale };
  const said = { title, link: routes.job(jobId) };
  if (kind === "job-partly-completed") {
    const languages = targetNames(lacking, locale);
    await queueMail(tx, { ...mail, kind, values: { ...said, languages } });
  } else await queueMail(tx, { ...mail, kind, values: said });
}

type EndKind = "job-completed" | "job-partly-completed" | "job-failed";

/** Subtitles with a language lacking are news to who waits for them and to who hears of failures. */
function isWanted(kind: EndKind, wanted: { jobCompleted: boolean; jobFailed: boolean }): boolean {
  if (kind === "job-completed") return wanted.jobCompleted;
  return wanted.jobFailed || (kind === "job-partly-completed" && wanted.jobCompleted);
}

async function failedLanguages(tx: Tx, jobId: string): Promise<string[]> {
  const translations = await readTranslations(tx, jobId);
  return translations.filter(({ status }) => status === "failed").map(({ language }) => language);
}
