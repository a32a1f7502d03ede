"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { Finding } from "@/lib/subtitles/quality/types";
import type { FindingGroup } from "./finding-groups";

/** Findings of a group that are shown before "more", and with each "more". */
const firstShown = 20;
const moreShown = 200;

export interface FindingList {
  selectedId: string | null;
  /** Opens a finding, or closes it when it is open. */
  toggle: (findingId: string) => void;
  /** How many findings of a group are shown. */
  shownOf: (group: FindingGroup) => number;
  showMore: (group: FindingGroup) => void;
}

interface KeyHandlers {
  /** True when it was repaired: the next finding is selected then. */
  onApply: (finding: Finding) => boolean;
  onUndo: () => void;
  onRedo: () => void;
  /** Keys belong to something else, e.g. a dialog. */
  idle: boolean;
}

export const findingRowId = (findingId: string): string => `finding-${findingId}`;

/** What is selected and shown of the findings, and the keys: J, K, Enter, U, R. */
export function useFindingKeys(
  groups: readonly FindingGroup[],
  handlers: KeyHandlers | null,
): FindingList {
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [shown, setShown] = useState<Record<string, number>>({});
  const shownOf = ({ code }: FindingGroup) => shown[code] ?? firstShown;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!handlers || handlers.idle || isTaken(event)) return;
    const flat = groups.flatMap((group) => group.findings.slice(0, shownOf(group)));
    const index = flat.findIndex(({ id }) => id === selectedId);
    const go = (to: number) => {
      const next = flat[Math.max(0, Math.min(flat.length - 1, to))];
      if (!next) return;
      setSelectedId(next.id);
      focusRow(next.id);
    };
    switch (event.key.toLowerCase()) {
      case "j":
      case "ㅓ":
        go(index + 1);
        break;
      case "k":
      case "ㅏ":
        go(index < 0 ? 0 : index - 1);
        break;
      case "enter": {
        const finding = flat[index];
        if (!finding?.repair || !handlers.onApply(finding)) return;
        go(index + 1);
        break;
      }
      case "u":
      case "ㅕ":
        handlers.onUndo();
        break;
      case "r":
      case "ㄱ":
        handlers.onRedo();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
  return {
    selectedId,
    toggle: (findingId) => setSelectedId((open) => (open === findingId ? null : findingId)),
    shownOf,
    showMore: (group) => setShown({ ...shown, [group.code]: shownOf(group) + moreShown }),
  };
}

/** Someone is writing, or the key belongs to the control that has the focus. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (event.isComposing) return true;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (!target || target.matches("[data-finding-row]")) return false;
  if (target.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox]")) {
    return true;
  }
  return event.key === "Enter" && target.closest("a, button") !== null;
}

/** Once the row shows its repair, all of that is brought into sight. */
function focusRow(findingId: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const row = document.getElementById(findingRowId(findingId));
      row?.focus({ preventScroll: true });
      row?.closest("li")?.scrollIntoView({ block: "nearest" });
    }),
  );
}
