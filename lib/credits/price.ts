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

/**
 * The price of a job: measured by the millisecond, each line rounded up to a whole credit, at
 * least 1. The spoken language among the targets, and a target named twice, cost nothing.
 * @param durationMs length of the video, above 0
 * @param source the spoken language where it is known
 * @param skip components that an earlier attempt has finished and paid for
 */
export function priceJob(options: {
  durationMs: number;
  source?: string | undefined;
  targets?: readonly string[];
  skip?: readonly string[];
}): Price {
  const { durationMs, source, targets = [], skip = [] } = options;
  const languages = [...new Set(targets)].filter((target) => target !== source);
  const lines: PriceLine[] = [
    line("transcribe", durationMs, transcriptionPerMinute),
    ...languages.map((target) => line(`translate:${target}`, durationMs, translationPerMinute)),
  ];
  return priced(lines.filter(({ component }) => !skip.includes(component)));
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
