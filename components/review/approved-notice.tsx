"use client";

import { useTranslations } from "next-intl";
import { useEditor } from "@/components/editor/editor-context";
import { useAction } from "@/components/jobs/job-actions";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { setReview } from "@/lib/client/use-review";
import { allows } from "@/lib/sharing/roles";

/** Over the cues of an approved track: nothing is edited before somebody says so. */
export function ApprovedNotice() {
  const { track, session } = useEditor();
  const t = useTranslations("sharing.review");
  const reopen = useAction(() => setReview(track.id, "draft"));
  if (track.reviewState !== "approved" || !allows(session.role, "editor")) return null;
  return (
    <Notice tone="success" className="m-2 items-center">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p>
          <span className="font-medium">{t("approvedTitle")}</span>{" "}
          <span className="text-ink text-sm">{t("approvedDescription")}</span>
        </p>
        <Button size="sm" pending={reopen.pending} onClick={() => reopen.run()}>
          {t("edit")}
        </Button>
      </div>
    </Notice>
  );
}
