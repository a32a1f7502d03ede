"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { useAnnounce } from "@/components/editor/actions/announcer";
import { useEdits } from "@/components/editor/actions/use-edits";
import { useEditor } from "@/components/editor/editor-context";
import { useFindingText } from "@/components/report/use-finding-text";
import { toast } from "@/components/ui/toaster";
import { heedFindings, ignoreFindings } from "@/lib/client/use-ignored";
import { proposeRepair, type RepairContext } from "@/lib/subtitles/quality";
import type { QueuedFinding } from "./finding-queue";
import { useQuality } from "./quality-context";

/** What can be done with findings, by key and by button. */
export function useQualityActions() {
  const { session, player, writing, dispatch } = useEditor();
  const store = useQuality();
  const edits = useEdits();
  const announce = useAnnounce();
  const text = useFindingText();
  const t = useTranslations("quality");

  /** Shows where a finding is, in the list and on the picture. */
  const show = useCallback(
    (queued: QueuedFinding | undefined) => {
      if (!queued) return;
      const { finding } = queued;
      writing.commit();
      const cueId = finding.cueId ?? null;
      if (cueId !== null && session.document.cue(cueId)) {
        // A choice of kinds takes letters for itself: from there the keys come along to the cue.
        const focus = document.activeElement?.getAttribute("role") === "combobox";
        dispatch({ kind: "select", cueId, focus });
      }
      player.seek(finding.startMs);
      announce(text(finding));
    },
    [session, player, writing, dispatch, announce, text],
  );

  return useMemo(() => {
    const context = (): RepairContext | undefined =>
      store ? { ...store.rules, cues: session.document.cues() } : undefined;
    const current = () => store?.get().current ?? null;
    const settle = (done: QueuedFinding) => show(store?.settle(done));
    return {
      show: (queued: QueuedFinding) => {
        store?.choose(queued);
        show(queued);
      },
      step: (step: 1 | -1) => {
        show(store?.step(step));
      },
      /** Repairs the finding that somebody is at, and goes on to the next. */
      fix: () => {
        const queued = current();
        const given = context();
        if (!queued || !given) return;
        const operation = queued.finding.repair && proposeRepair(queued.finding, given);
        if (!operation) return void toast.info(t("cannotFix"));
        const done = edits.make(() => ({ ok: true, operation }), { said: t("fixed") });
        if (done) settle(queued);
      },
      ask: (what: "fix-kind" | "ignore") => {
        if (!current()) show(store?.step(1));
        store?.ask(what);
      },
      /** Leaves findings as they are and goes on. @throws {ApiError} */
      ignore: async (chosen: readonly QueuedFinding[], reason: string) => {
        const findings = chosen.map(({ key, finding: { code, cueId = "" } }) => ({
          ...{ key, code, cueId },
        }));
        await ignoreFindings(session.trackId, { findings, reason });
        announce(t("ignored"));
        show(store?.leave(chosen));
      },
      /** @throws {ApiError} */
      heed: async (key: string) => {
        await heedFindings(session.trackId, [key]);
        announce(t("takenBack"));
      },
    };
  }, [store, session, edits, show, announce, t]);
}
