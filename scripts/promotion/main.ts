import { AppError } from "@/lib/errors";
import type { PromotionTerms } from "@/lib/topups/pricing";
import { readCommand } from "./options";

/** The program behind npm run promotion: 0 when done, 1 when there is none, 2 when it couldn't. */
try {
  const asked = readCommand(process.argv.slice(2));
  const promotions = await import("@/lib/topups/promotions");
  const { closeDatabase } = await import("@/lib/db");
  try {
    if (asked.command === "list") {
      const lines = (await promotions.listPromotions()).map(line);
      process.stdout.write(`${lines.join("\n") || "There are no promotions."}\n`);
    } else if (asked.command === "stop") {
      process.stdout.write(`Stopped ${await promotions.stopPromotion(asked.which)}.\n`);
    } else {
      process.stdout.write(`Added ${await promotions.addPromotion(asked.promotion)}.\n`);
    }
  } finally {
    await closeDatabase();
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = AppError.is(error, "not_found") ? 1 : 2;
}

function messageOf(error: unknown): string {
  if (AppError.is(error, "not_found")) return "No promotion that still runs is called that.";
  if (AppError.is(error, "conflict")) return "This code has been used before. Take another one.";
  if (error instanceof Error && error.name === "ZodError") {
    return "A code has 2 to 40 letters, digits, - or _.";
  }
  return error instanceof Error ? error.message : String(error);
}

function line(promotion: PromotionTerms): string {
  const { id, code, kind, value, uses, maxUses, startsAt, endsAt, active } = promotion;
  const gives = { percent: `${value} %`, fixed: `${value} KRW`, bonus: `${value} credits` }[kind];
  const count = `${uses}${maxUses === null ? "" : ` of ${maxUses}`} used`;
  const until = endsAt ? ` until ${endsAt.toISOString()}` : "";
  const state = active ? `from ${startsAt.toISOString()}${until}` : "stopped";
  return `${id}  ${code ?? "(automatic)"}  ${gives}  ${count}  ${state}`;
}
