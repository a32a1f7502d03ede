import type { BuiltInProfile } from "@/lib/profiles/built-in";
import { maxOwnProfiles, type RuleNumber, ruleLimits } from "@/lib/profiles/limits";
import {
  type OwnProfileInput,
  type OwnRules,
  ownProfileInput,
  ownRules,
} from "@/lib/profiles/schema";
import { resolveProfile } from "@/lib/subtitles/rules";

/** A profile as it stands in its form: numbers as typed, times in seconds. */
export interface RuleFields {
  name: string;
  counting: OwnRules["counting"];
  maxLines: OwnRules["maxLines"];
  numbers: Record<RuleNumber, string>;
}

const ruleNumbers = Object.keys(ruleLimits) as RuleNumber[];

/** Told in seconds. */
export const isTime = (name: RuleNumber) => name.endsWith("Ms");
const isWhole = (name: RuleNumber) => name === "minGapFrames";

/** The least and the most as the form tells them. */
export function limitsOf(name: RuleNumber): { min: number; max: number; step: number } {
  const { min, max } = ruleLimits[name];
  if (isTime(name)) return { min: min / 1000, max: max / 1000, step: 0.1 };
  return { min, max, step: isWhole(name) ? 1 : 0.5 };
}

export function fieldsOf({ name, rules }: OwnProfileInput): RuleFields {
  const told = (each: RuleNumber) => String(isTime(each) ? rules[each] / 1000 : rules[each]);
  const { counting, maxLines } = rules;
  const numbers = Object.fromEntries(ruleNumbers.map((each) => [each, told(each)]));
  return { name, counting, maxLines, numbers: numbers as RuleFields["numbers"] };
}

export type RuleProblem = "range" | "whole" | "order";

export interface ReadRules {
  /** Where every number is good. */
  rules?: OwnRules;
  problems: Partial<Record<RuleNumber, RuleProblem>>;
}

/** What a form's numbers come to, and what is wrong with which. */
export function readRules({ counting, maxLines, numbers }: RuleFields): ReadRules {
  const problems: ReadRules["problems"] = {};
  const values: Partial<Record<RuleNumber, number>> = {};
  for (const name of ruleNumbers) {
    const typed = Number(numbers[name].trim().replace(",", "."));
    const value = isTime(name) ? Math.round(typed * 1000) : typed;
    const { min, max } = ruleLimits[name];
    if (numbers[name].trim() === "" || !(value >= min && value <= max)) problems[name] = "range";
    else if (isWhole(name) && !Number.isInteger(value)) problems[name] = "whole";
    else values[name] = value;
  }
  const { minDurationMs = 0, maxDurationMs = Number.POSITIVE_INFINITY } = values;
  if (minDurationMs >= maxDurationMs) problems.maxDurationMs = "order";
  const rules = ownRules.safeParse({ counting, maxLines, ...values });
  return rules.success ? { rules: rules.data, problems } : { problems };
}

/** The profile that a form describes; undefined while something is wrong. */
export function readProfile(fields: RuleFields): OwnProfileInput | undefined {
  const { rules } = readRules(fields);
  return ownProfileInput.safeParse({ name: fields.name, rules }).data;
}

/**
 * The numbers of a set for subtitles that write down a language. An own profile has one set of
 * numbers for all languages, so they begin with those of the language that matters most.
 */
export function rulesFrom(name: BuiltInProfile, language: string): OwnRules {
  const { id: _, ...rules } = resolveProfile(name, language, { sameLanguage: true });
  return rules;
}

/** A name that isn't taken: "TED", "TED 2" ... */
export function freeName(wanted: string, taken: readonly string[]): string {
  for (let count = 1; count <= maxOwnProfiles + 1; count++) {
    const name = count === 1 ? wanted : `${wanted} ${count}`;
    if (!taken.includes(name)) return name;
  }
  return wanted;
}
