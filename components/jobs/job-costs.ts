import type { JobLine, JobView } from "@/lib/jobs/schema";
import type { JobStageName } from "@/lib/jobs/stages";

/** What became of the credits of a stage or a language: the sums of its lines by their state. */
export interface Costs {
  held: number;
  captured: number;
  released: number;
}

const none: Costs = { held: 0, captured: 0, released: 0 };

function sum(lines: readonly JobLine[]): Costs {
  const costs = { ...none };
  for (const { state, amount } of lines) costs[state] += amount;
  return costs;
}

/** What a stage costs; a job pays for recognition and for translations, not for the rest. */
export function stageCosts(job: Pick<JobView, "lines">, stage: JobStageName): Costs {
  if (stage === "recognition") return sum(job.lines.filter(isRecognition));
  if (stage === "translation") {
    // A translation that turned out to be needless is no part of the stage's price.
    return sum(job.lines.filter((line) => !isRecognition(line) && line.reason !== "same_language"));
  }
  return none;
}

/** What one language costs. */
export function languageCosts(job: Pick<JobView, "lines">, language: string): Costs {
  return sum(job.lines.filter(({ component }) => component === `translate:${language}`));
}

/** Languages that were ordered and turned out to be spoken: nothing was done or paid for them. */
export function spokenTargets(job: Pick<JobView, "lines">): string[] {
  return job.lines
    .filter(({ reason }) => reason === "same_language")
    .map(({ component }) => component.slice("translate:".length));
}

const isRecognition = ({ component }: JobLine): boolean => component === "transcribe";

/** The one state that says most: what was paid, else what is held, else what came back. */
export function mainCost(costs: Costs): { state: keyof Costs; amount: number } | null {
  const state = (["captured", "held", "released"] as const).find((each) => costs[each] > 0);
  return state ? { state, amount: costs[state] } : null;
}

/** How a job that is complete has gone. */
export type JobOutcome = "done" | "partly" | "silent";

export function outcomeOf(job: Pick<JobView, "lines" | "languages">): JobOutcome {
  const silent = job.lines.length > 0 && job.lines.every(({ reason }) => reason === "no_speech");
  if (silent) return "silent";
  return job.languages.some(({ status }) => status === "failed") ? "partly" : "done";
}
