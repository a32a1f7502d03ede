import "server-only";
import { speechStatus } from "@/lib/speech";
import { stageEstimates, wholeEstimate } from "./estimates";
import { plainOptions } from "./plain-options";
import type { JobKind } from "./schema";
import { readSpeeds } from "./speed-repo";

/**
 * How long a job that may be ordered would take by measured speed, in ms; null: nothing measured.
 * Telling speakers apart and another quality count as nothing: the price is asked for before them.
 */
export async function estimateOrder(order: {
  kind: JobKind;
  durationMs: number;
  targets: string[];
}): Promise<number | null> {
  const { kind, durationMs, targets } = order;
  const { engine, model } = speechStatus();
  const estimates = stageEstimates(
    {
      kind,
      durationMs,
      speechMs: null,
      options: { ...plainOptions, targets },
      recogniser: engine && model ? { engine, model } : undefined,
    },
    await readSpeeds(),
  );
  return wholeEstimate(estimates.values());
}
