import { parseArgs } from "node:util";
import type { NewPromotion } from "@/lib/topups/promotions";

export const usage = `npm run promotion -- add CODE --percent 10 | --krw 3000 | --bonus 100
    --name-ko NAME --name-en NAME   what people read; default: the code
    --from DATE --to DATE           in Korean time, the last day included; default: from now, for ever
    --packages light,standard       default: all
    --min 10000                     least list price in KRW
    --max-off 5000                  most that a percentage takes off, in KRW
    --uses 100                      in all; everybody can use it once
  add --automatic ...               applies by itself, without a code
  list
  stop CODE|ID`;

export type Command =
  | { command: "add"; promotion: NewPromotion }
  | { command: "list" }
  | { command: "stop"; which: string };

/** The command line was wrong; the message says how it goes. */
export class UsageError extends Error {
  constructor(problem: string) {
    super(`${problem}\n\n${usage}`);
    this.name = "UsageError";
  }
}

const options = {
  percent: { type: "string" },
  krw: { type: "string" },
  bonus: { type: "string" },
  automatic: { type: "boolean" },
  "name-ko": { type: "string" },
  "name-en": { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  packages: { type: "string" },
  min: { type: "string" },
  "max-off": { type: "string" },
  uses: { type: "string" },
} as const;

type Values = Partial<Record<Exclude<keyof typeof options, "automatic">, string>> & {
  automatic?: boolean;
};

/** @throws {UsageError} */
export function readCommand(args: string[], nowMs = Date.now()): Command {
  const { values, positionals } = parsed(args);
  const [command, which, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`What is "${rest.join(" ")}"?`);
  if (command === "list") return { command };
  if (command === "stop") {
    if (!which) throw new UsageError("Which one?");
    return { command, which };
  }
  if (command !== "add") throw new UsageError("add, list or stop?");
  if (Boolean(which) === Boolean(values.automatic)) {
    throw new UsageError("Either a code or --automatic.");
  }
  return { command, promotion: newPromotion(which ?? null, values, nowMs) };
}

function parsed(args: string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const kinds = [
  ["percent", "percent", 99],
  ["krw", "fixed", 10_000_000],
  ["bonus", "bonus", 1_000_000],
] as const;

function newPromotion(code: string | null, values: Values, nowMs: number): NewPromotion {
  const given = kinds.filter(([option]) => values[option] !== undefined);
  const [chosen] = given;
  if (!chosen || given.length > 1) throw new UsageError("One of --percent, --krw and --bonus.");
  const [option, kind, most] = chosen;
  const name = code ?? "";
  const ko = values["name-ko"] ?? name;
  const en = values["name-en"] ?? name;
  if (!ko || !en) throw new UsageError("Without a code it needs --name-ko and --name-en.");
  const startsAt = values.from === undefined ? new Date(nowMs) : seoulDay("from", values.from);
  const endsAt = values.to === undefined ? null : nextDay(seoulDay("to", values.to));
  if (endsAt && endsAt <= startsAt) throw new UsageError("It ends before it starts.");
  return {
    ...{ code, kind, name: { ko, en }, startsAt, endsAt },
    value: number(option, values[option], most),
    packageIds: values.packages?.split(",").map((id) => id.trim()) ?? [],
    minKrw: values.min === undefined ? 0 : number("min", values.min, 100_000_000),
    maxOffKrw: optional("max-off", values["max-off"], 100_000_000),
    maxUses: optional("uses", values.uses, 1_000_000_000),
  };
}

function optional(name: string, text: string | undefined, most: number): number | null {
  return text === undefined ? null : number(name, text, most);
}

function number(name: string, text: string | undefined, most: number): number {
  const value = /^\d{1,10}$/.test(text ?? "") ? Number(text) : 0;
  if (value < 1 || value > most) {
    throw new UsageError(`--${name} takes a whole number from 1 to ${most}.`);
  }
  return value;
}

/** The start of a day in Seoul, which has no summer time. */
function seoulDay(name: string, text: string): Date {
  const day = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00+09:00` : "none");
  if (Number.isNaN(day.getTime())) throw new UsageError(`--${name} takes a date: 2026-12-01`);
  return day;
}

function nextDay(day: Date): Date {
  return new Date(day.getTime() + 24 * 3_600_000);
}
