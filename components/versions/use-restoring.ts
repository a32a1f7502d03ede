"use client";

import { useTranslations } from "next-intl";
import { useEditor } from "@/components/editor/editor-context";
import { useAction } from "@/components/jobs/job-actions";
import { toast } from "@/components/ui/toaster";
import { restoreVersion } from "@/lib/client/use-versions";

/** Takes back what a version was brought back or replaced for: the number is that of before. */
export function useTakingBack(): (number: number) => { label: string; onClick: () => void } {
  const { session, reread } = useEditor();
  const t = useTranslations("versions");
  const undo = useAction(async (number: number) => {
    await restoreVersion(session.trackId, number);
    toast.success(t("undone"));
    reread();
  });
  return (number) => ({ label: t("undo"), onClick: () => undo.run(number) });
}

/** Brings a version back, and offers to take that back: what was there before is a version, too. */
export function useRestoring(onDone: () => void) {
  const { session, reread } = useEditor();
  const t = useTranslations("versions");
  const takingBack = useTakingBack();
  return useAction(async (number: number) => {
    const { version } = await restoreVersion(session.trackId, number);
    // What was there before is the version before, whether it had to be kept or was one already.
    const before = version - 1;
    toast.success(t("restored", { number }), {
      ...(before >= 1 && { action: takingBack(before) }),
    });
    reread();
    onDone();
  });
}
