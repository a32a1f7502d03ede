import "server-only";
import { creditsOfJob, linesOfJob, releaseForJob } from "@/lib/credits/job-credits";
import type { Tx } from "@/lib/transaction";
import { sameLanguage } from "@/lib/translation/targets";
import { appendEvent, type LockedJob } from "../repo";
import { readTranslations, removeTranslation } from "../translation-repo";

/** Gives back what translating into the spoken language would cost, or into any without speech. */
export async function dropNeedless(
  tx: Tx,
  job: LockedJob,
  spoken: string | undefined,
): Promise<void> {
  for (const { language } of await readTranslations(tx, job.id)) {
    if (spoken !== undefined && !sameLanguage(spoken, language)) continue;
    await removeTranslation(tx, job.id, language);
    const reason = spoken === undefined ? "no_speech" : "same_language";
    const of = { jobId: job.id, attempt: job.attempt };
    await releaseForJob(tx, { ...of, component: `translate:${language}`, ours: true, reason });
    await appendEvent(tx, job.id, {
      kind: "translation",
      language,
      status: "skipped",
      languageProgress: 0,
      progress: job.progress,
      credits: await creditsOfJob(tx, job.id),
      lines: await linesOfJob(tx, job.id),
    });
  }
}
