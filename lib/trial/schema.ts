import { z } from "zod";

/** What a visitor may try with: enough for one short video, cheap enough to give to anybody. */
export const trialLimits = {
  /** Longest video. */
  durationMs: 3 * 60_000,
  /** Largest file. */
  sizeBytes: 200 * 1024 ** 2,
  /** Uploads begun in a day in Seoul; one at a time. */
  uploadsADay: 5,
} as const;

/**
 * `new`: this browser hasn't tried yet. `active`: it has, and can go on. `over`: it has nothing to
 * go on with. `claimable`: it is signed in to an account that can take over what was tried. `off`:
 * nobody can begin here.
 */
export type TrialState = "new" | "active" | "over" | "claimable" | "off";

/** What a browser has tried. */
export interface TrialView {
  state: TrialState;
  /** Spendable by the visitor. */
  credits: number;
  videos: number;
  jobs: number;
}

/** What an account would take over. */
export interface ClaimView {
  videos: { id: string; title: string }[];
  credits: number;
  /** Something is still under way: not now. */
  busy: boolean;
}

/** What the person was shown: nothing else is moved. */
export const claimInput = z.object({
  videos: z.number().int().min(0),
  credits: z.number().int().min(0),
});
export type ClaimInput = z.infer<typeof claimInput>;
