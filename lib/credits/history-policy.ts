import { type HistoryKind, historyKinds } from "./history-kinds";
import type { HistoryMovement } from "./schema";

/** The ledger's kinds of movement that change what there is, as people think of them. */
export const movementsOf: Record<HistoryKind, readonly HistoryMovement[]> = {
  charge: ["topup", "bonus", "grant", "claim", "reversal"],
  use: ["capture"],
  refund: ["refund", "clawback"],
  expiry: ["expire"],
};

/** Every movement that the history shows: holding credits and giving them back change nothing. */
export const shownMovements: readonly HistoryMovement[] = historyKinds.flatMap(
  (kind) => movementsOf[kind],
);

/** @throws {Error} for a movement that the history doesn't show */
export function historyKindOf(movement: string): HistoryKind {
  const kind = historyKinds.find((each) => movementsOf[each].some((known) => known === movement));
  if (!kind) throw new Error(`${movement} doesn't change what there is`);
  return kind;
}

/** Which of the three kinds of use a component is; undefined for what isn't known here. */
export function usageOf(
  component: string | null,
): "transcription" | "translation" | "retention" | undefined {
  if (component === "transcribe") return "transcription";
  if (component?.startsWith("translate:")) return "translation";
  if (component?.startsWith("retention:")) return "retention";
  return undefined;
}
