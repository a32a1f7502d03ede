"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { type ExportTab, exportTabs } from "./tabs";

/** Everything that can be taken home of the open track. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("files.export");
  const common = useTranslations("common");
  const [chosen, setChosen] = useState<ExportTab["value"]>("subtitles");
  const [first] = exportTabs;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      closeLabel={common("close")}
      className="sm:max-w-2xl"
    >
      {exportTabs.length > 1 ? (
        <Tabs
          label={t("title")}
          value={chosen}
          onValueChange={setChosen}
          tabs={exportTabs.map(({ value }) => ({ value, label: t(value) }))}
        >
          {exportTabs.map(({ value, Panel }) => (
            <TabPanel key={value} value={value}>
              <Panel />
            </TabPanel>
          ))}
        </Tabs>
      ) : first ? (
        <first.Panel />
      ) : null}
    </Dialog>
  );
}
