"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { useStored } from "@/lib/client/use-stored";
import { type InspectorTab, inspectorTabs } from "./tabs";

type TabId = InspectorTab["id"];

const isTab = (value: string): value is TabId => inspectorTabs.some(({ id }) => id === value);

/** Which tab of the inspector is open in this browser, and how to open another. */
export function useInspectorTab(): [TabId, (id: TabId) => void] {
  return useStored<TabId>("editor.tab", "cue", isTab);
}

/** All about the chosen cue and the track, a tab for each kind. */
export function Inspector({ className }: { className?: string }) {
  const t = useTranslations("editor.inspector");
  const [tab, setTab] = useInspectorTab();
  return (
    <Tabs
      label={t("label")}
      value={tab}
      onValueChange={setTab}
      tabs={inspectorTabs.map(({ id }) => ({ value: id, label: t(id) }))}
      className={cn(
        "flex min-h-0 flex-1 flex-col [&>[role=tablist]]:justify-between [&>[role=tablist]]:gap-1.5 [&>[role=tablist]]:px-3 [&>[role=tablist]]:text-sm",
        className,
      )}
    >
      {inspectorTabs.map(({ id, Panel }) => (
        <TabPanel
          key={id}
          value={id}
          className="min-h-0 flex-1 overflow-y-auto p-3 lg:[contain:strict]"
        >
          <Panel />
        </TabPanel>
      ))}
    </Tabs>
  );
}
