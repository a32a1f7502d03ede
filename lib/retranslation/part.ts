import { z } from "zod";
import { priceJob } from "@/lib/credits/price";
import type { Cue } from "@/lib/subtitles/model";

/** Some cues of a translation, to be made again; kept with the job that does it. */
export const translationPart = z.object({
  /** The translation. */
  trackId: z.string(),
  /** Of the translation as it was ordered: what is another since then is left alone. */
  revision: z.number().int(),
  /** What is paid for, in ms. */
  durationMs: z.number().int(),
  cues: z.array(
    z.object({
      cueId: z.string(),
      /** The cues after it that render the same: what its translation was split into. */
      moreIds: z.array(z.string()).optional(),
      /** What it renders, in the order of the source; at least one. */
      sourceIds: z.array(z.string()),
    }),
  ),
});
export type TranslationPart = z.infer<typeof translationPart>;

/** Cues that share this much of another's time are taken to hold what it says. */
const mostOfIt = 0.5;

/** All cues of a piece of the part, in order. */
export const idsOf = ({ cueId, moreIds = [] }: TranslationPart["cues"][number]): string[] => [
  cueId,
  ...moreIds,
];

/**
 * What each of the chosen cues renders: the cue of the source that it was made from, and those
 * whose own translations were merged into it. A translation that was split is made again as a
 * whole, whichever of its parts was chosen. Chosen cues that render nothing are left out.
 */
export function partOf(options: {
  target: readonly Cue[];
  source: readonly Cue[];
  chosen: ReadonlySet<string>;
}): TranslationPart["cues"] {
  const { target, source, chosen } = options;
  const known = new Set(source.map(({ id }) => id));
  const rendered = new Map<string, string>();
  for (const cue of target) {
    const sourceId = sourceIdOf(cue, known);
    if (sourceId !== undefined) rendered.set(cue.id, sourceId);
  }
  const taken = new Set(rendered.values());
  const loose = source.filter(({ id }) => !taken.has(id));
  const split = Map.groupBy(
    target.filter(({ id }) => rendered.has(id)),
    ({ id }) => rendered.get(id) ?? "",
  );
  return [...split].flatMap(([own, parts]) => {
    const [first, ...more] = parts;
    if (!first || !parts.some(({ id }) => chosen.has(id))) return [];
    const merged = loose.filter((each) => liesIn(each, parts));
    const ids = new Set([own, ...merged.map(({ id }) => id)]);
    return [
      {
        cueId: first.id,
        ...(more.length > 0 && { moreIds: more.map(({ id }) => id) }),
        sourceIds: idsInOrder(source, ids),
      },
    ];
  });
}

function sourceIdOf(cue: Cue, known: ReadonlySet<string>): string | undefined {
  const id = cue.provenance?.translation?.sourceCueId ?? cue.id;
  return known.has(id) ? id : known.has(cue.id) ? cue.id : undefined;
}

function liesIn(inner: Cue, parts: readonly Cue[]): boolean {
  const shared = parts.reduce((sum, { startMs, endMs }) => {
    const ms = Math.min(inner.endMs, endMs) - Math.max(inner.startMs, startMs);
    return sum + Math.max(0, ms);
  }, 0);
  return shared > (inner.endMs - inner.startMs) * mostOfIt;
}

function idsInOrder(source: readonly Cue[], ids: ReadonlySet<string>): string[] {
  return source.filter(({ id }) => ids.has(id)).map(({ id }) => id);
}

/** What is paid for: the time of the cues together, in whole seconds, as ms. */
export function partMs(cues: readonly Pick<Cue, "startMs" | "endMs">[]): number {
  const ms = cues.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs), 0);
  return Math.max(1, Math.ceil(ms / 1_000)) * 1_000;
}

/** The price of translating so much again, into the translation's language. */
export function priceOfPart(durationMs: number, source: string, target: string) {
  return priceJob({ durationMs, kind: "translate", source, targets: [target] });
}
