"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { SubtitleExport } from "./subtitle-export";

/** Everything that can be taken home of the open track. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("files.export");
  const common = useTranslations("common");
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      closeLabel={common("close")}
      className="sm:max-w-2xl"
    >
      <SubtitleExport />
    </Dialog>
  );
}
