/** Batches of one language that a step carries out. */
export interface BatchGroup {
  language: string;
  /** First and last index; the last may lie past the end. */
  from: number;
  to: number;
}

/**
 * A run has 1,000 steps at most, here as at Inngest; some are for its beginning and end. Twelve
 * hours take 720 for recognition alone.
 */
const stepsToSpend = 900;
/** More wouldn't get on any faster. */
const maxGroups = 400;
/** Fewer batches in one step make its retries no cheaper: what is stored isn't sent again. */
const minGroup = 4;

/** How many batches each language has. */
export function countBatches(plan: readonly { language: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { language } of plan) counts.set(language, (counts.get(language) ?? 0) + 1);
  return counts;
}

/**
 * Batches in groups, one step each: languages side by side, so that all of them get on. Also a
 * language without batches has a group, whose step then ends it.
 * @param chunks that the same run has recognised, a step each
 */
export function groupsOf(
  languages: readonly string[],
  counts: ReadonlyMap<string, number>,
  chunks = 0,
): BatchGroup[] {
  // A group that fails takes a second step, which says so.
  const room = Math.min(maxGroups, Math.floor((stepsToSpend - chunks) / 2));
  const perLanguage = Math.max(1, Math.floor(room / Math.max(1, languages.length)));
  const groups = languages.map((language) => {
    const batches = counts.get(language) ?? 0;
    const size = Math.max(minGroup, Math.ceil(batches / perLanguage));
    const number = Math.max(1, Math.ceil(batches / size));
    return Array.from({ length: number }, (_, at) => {
      const from = at * size;
      return { language, from, to: from + size - 1 };
    });
  });
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, round) =>
    groups.flatMap((each) => each[round] ?? []),
  ).flat();
}
