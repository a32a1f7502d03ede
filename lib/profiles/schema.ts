import { z } from "zod";
import { cleanLine } from "@/lib/text";
import { type RuleNumber, ruleLimits } from "./limits";

const within = (name: RuleNumber) => z.number().min(ruleLimits[name].min).max(ruleLimits[name].max);

/** The numbers of an own profile, for every language alike. */
export const ownRules = z
  .object({
    counting: z.enum(["weighted", "graphemes"]),
    maxLineWidth: within("maxLineWidth"),
    maxLines: z.union([z.literal(1), z.literal(2)]),
    maxCharsPerSecond: within("maxCharsPerSecond"),
    minDurationMs: within("minDurationMs").int(),
    maxDurationMs: within("maxDurationMs").int(),
    minGapFrames: within("minGapFrames").int(),
    closeGapBelowMs: within("closeGapBelowMs").int(),
    maxLingerMs: within("maxLingerMs").int(),
  })
  .refine((rules) => rules.minDurationMs < rules.maxDurationMs, {
    path: ["maxDurationMs"],
    error: "Must be above the shortest duration.",
  });
export type OwnRules = z.infer<typeof ownRules>;

/** Names are compared as they are read: composed (NFC), on one line. */
const profileName = cleanLine(1, 60).transform((name) =>
  name.normalize("NFC").replace(/[\s\p{Cc}]+/gu, " "),
);

export const ownProfileInput = z.object({ name: profileName, rules: ownRules });
export type OwnProfileInput = z.infer<typeof ownProfileInput>;

/** Changes what is given and leaves the rest. */
export const ownProfileChange = ownProfileInput.partial();
export type OwnProfileChange = z.infer<typeof ownProfileChange>;

export interface OwnProfileView extends OwnProfileInput {
  id: string;
  updatedAt: string;
}
