"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { useEdits } from "@/components/editor/actions/use-edits";
import { useEditor } from "@/components/editor/editor-context";
import { useInspectorTab } from "@/components/editor/inspector/inspector";
import { useCommand } from "@/components/editor/keys/keys-context";
import type { RepairSet } from "@/components/report/finding-groups";
import { lazyPart } from "@/components/ui/lazy-part";
import { toast } from "@/components/ui/toaster";
import { useCues } from "@/lib/client/use-track";
import type { QueuedFinding } from "./finding-queue";
import { useQuality, useQualityState } from "./quality-context";
import { useQualityActions } from "./use-quality-actions";

const RepairDialog = lazyPart(() =>
  import("@/components/report/repair-dialog").then((module) => module.RepairDialog),
);

/** The keys of the queue, and the question before many repairs at once. */
export function QualityCommands() {
  const { readOnly } = useEditor();
  const store = useQuality();
  const { queue, current, asking } = useQualityState(store);
  const actions = useQualityActions();
  const one = { enabled: current !== null && !readOnly };
  const [, setTab] = useInspectorTab();
  const [wanted, setWanted] = useState<1 | -1 | null>(null);
  const go = useEffectEvent((step: 1 | -1) => {
    setWanted(null);
    actions.step(step);
  });
  // Asked for before the track was judged, it comes as soon as that is done.
  const known = queue !== null;
  useEffect(() => {
    if (wanted !== null && known) go(wanted);
  }, [wanted, known]);
  const inPanel = (act: () => void) => () => {
    setTab("quality");
    act();
  };
  useCommand(
    "quality.next",
    inPanel(() => setWanted(1)),
  );
  useCommand(
    "quality.previous",
    inPanel(() => setWanted(-1)),
  );
  useCommand("quality.fix", actions.fix, one);
  useCommand("quality.fix-kind", () => actions.ask("fix-kind"), one);
  useCommand(
    "quality.ignore",
    inPanel(() => actions.ask("ignore")),
    one,
  );
  if (asking !== "fix-kind" || !current) return null;
  return <FixKind current={current} />;
}

function FixKind({ current }: { current: QueuedFinding }) {
  const { session } = useEditor();
  const t = useTranslations("quality");
  const store = useQuality();
  const { queue } = useQualityState(store);
  const edits = useEdits();
  const { code } = current.finding;
  const set = useMemo<RepairSet>(() => {
    const ofKind = queue?.open.filter(({ finding }) => finding.code === code) ?? [];
    const kinds = new Set(ofKind.flatMap(({ finding }) => finding.repair ?? []));
    const skip = new Set(queue?.left.map(({ finding }) => finding.id));
    return { kinds: [...kinds], codes: [code], skip };
  }, [queue, code]);
  const cues = useCues(session);
  const context = useMemo(() => store && { ...store.rules, cues }, [store, cues]);
  const onClose = () => store?.ask(null);
  if (!context) return null;
  return (
    <RepairDialog
      set={set}
      context={context}
      onClose={onClose}
      onApply={(operation, count) => {
        onClose();
        if (operation.kind === "setTrackStyle") return;
        const done = edits.make(() => ({ ok: true, operation }));
        if (done) toast.success(t("fixedMany", { count }));
      }}
    />
  );
}
