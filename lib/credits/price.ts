import { sameLanguage } from "@/lib/translation/targets";

/**
 * What everything costs, and nowhere else. Pure: used by the quote on the screen, by the
 * reservation and by the ledger's checks.
 */

/** Stored with each quote; a change of any number below needs a new one. */
export const priceRuleVersion = "2026-11";

/** Credits a minute of video for recognising what is said. */
export const transcriptionPerMinute = 10;
/** Credits a minute of video for each language other than the one spoken. */
export const translationPerMinute = 5;

/** Days that a video's files can be kept longer, and what that costs a video, in credits. */
export const retentionPrices = { 7: 5, 30: 15, 90: 30 } as const;
export type RetentionDays = keyof typeof retentionPrices;

/** `transcribe`, `translate:<language>` or `retention:<days>`. */
export type PriceComponent = "transcribe" | `translate:${string}` | `retention:${RetentionDays}`;

export interface PriceLine {
  component: PriceComponent;
  /** ms of video, or days. */
  units: number;
  /** Whole credits, at least 1. */
  amount: number;
}

/** What something costs, line by line. */
export interface Price {
  ruleVersion: string;
  lines: PriceLine[];
  /** Credits. */
  total: number;
}

/** What of an order decides about its price. */
export interface PricedJob {
  /** Length of the video in ms, above 0. */
  durationMs: number;
  /** A translation of what is there already has nothing to recognise. */
  kind?: "caption" | "translate" | "align" | undefined;
  /** The spoken language where it is known. */
  source?: string | undefined;
  targets?: readonly string[] | undefined;
}

/**
 * The price of a job: measured by the millisecond, each line rounded up to a whole credit, at
 * least 1. The spoken language among the targets, and a target named twice, cost nothing.
 * @param skip components that an earlier attempt has finished and paid for
 */
export function priceJob(options: PricedJob & { skip?: readonly string[] }): Price {
  const { durationMs, kind = "caption", skip = [] } = options;
  const recognition =
    kind === "translate" ? [] : [line("transcribe", durationMs, transcriptionPerMinute)];
  const lines: PriceLine[] = [
    ...recognition,
    ...pricedTargets(options).map((target) =>
      line(`translate:${target}`, durationMs, translationPerMinute),
    ),
  ];
  return priced(lines.filter(({ component }) => !skip.includes(component)));
}

/** The languages that are really translated into, each once, in the order given. */
export function pricedTargets({
  source,
  targets = [],
}: Pick<PricedJob, "source" | "targets">): string[] {
  return [...new Set(targets)].filter(
    (target) => source === undefined || !sameLanguage(source, target),
  );
}

/** The price of keeping a video's files so many days longer. */
export function priceRetention(days: RetentionDays): Price {
  return priced([{ component: `retention:${days}`, units: days, amount: retentionPrices[days] }]);
}

function priced(lines: PriceLine[]): Price {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  return { ruleVersion: priceRuleVersion, lines, total };
}

function line(component: PriceComponent, durationMs: number, perMinute: number): PriceLine {
  const units = Math.max(1, Math.ceil(durationMs));
  return { component, units, amount: Math.max(1, Math.ceil((units * perMinute) / 60_000)) };
}
