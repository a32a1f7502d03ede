import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { type OpenLedger, openLedger } from "@/lib/testing/ledger";
import { databaseState, modelState, perform } from "@/lib/testing/ledger-ops";
import type { Answer, Op } from "@/lib/testing/ledger-request";
import { LedgerWorld, type OpKind, type Pick } from "@/lib/testing/ledger-world";

let app: TestApp;
let on: OpenLedger;
const start = Date.parse("2026-01-05T00:00:00Z");

beforeAll(async () => {
  app = await startTestApp();
  on = await openLedger();
});
afterAll(() => app.stop());

/** Choices out of what fast-check drew. */
function picker(drawn: readonly number[]): Pick {
  let place = 0;
  return (below) => {
    const number = drawn[place % drawn.length] ?? 0;
    place += 1;
    return number % Math.max(1, below);
  };
}

const told = ({ outcome, refusal, amount, available }: Answer) =>
  outcome === "nothing" || outcome === "error"
    ? { outcome }
    : { outcome, refusal, amount, available };

/** The model and the database answer the same and hold the same. */
async function both(world: LedgerWorld, op: Op): Promise<void> {
  const known = world.model.earlier(op) !== undefined;
  const answer = await perform(on, op);
  expect(told(answer)).toEqual(told(world.model.apply(op)));
  if (known) expect(answer.replayed).toBe(true);
}

async function compare(world: LedgerWorld): Promise<void> {
  for (const owner of world.owners) {
    expect(await databaseState(on, owner)).toEqual(modelState(world.model, owner));
  }
}

type StepKind = OpKind | "again" | "wait" | "rush" | "copies";

class Step implements fc.AsyncCommand<LedgerWorld, undefined> {
  readonly kind: StepKind;
  readonly drawn: readonly number[];

  constructor(kind: StepKind, drawn: readonly number[]) {
    this.kind = kind;
    this.drawn = drawn;
  }

  check = () => true;
  toString = () => `${this.kind}(${this.drawn.join(",")})`;

  async run(world: LedgerWorld): Promise<void> {
    const pick = picker(this.drawn);
    switch (this.kind) {
      case "wait":
        world.wait(1 + pick(6));
        break;
      case "again": {
        const op = world.again(pick);
        if (op) await both(world, { ...op, nowMs: ++world.nowMs });
        break;
      }
      case "rush":
        await rush(world, world.rush(pick, 2 + pick(8)));
        break;
      case "copies": {
        const op = world.next((["grant", "reserve", "claim"] as const)[pick(3)] ?? "grant", pick);
        const answers = await Promise.all(Array.from({ length: 6 }, () => perform(on, op)));
        const due = told(world.model.apply(op));
        for (const answer of answers) expect(told(answer)).toEqual(due);
        expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
        break;
      }
      default:
        await both(world, world.next(this.kind, pick));
    }
    await compare(world);
  }
}

/** At once; what was applied, in the order it was, is what the model says of that order. */
async function rush(world: LedgerWorld, ops: Op[]): Promise<void> {
  const done = await Promise.all(ops.map(async (op) => ({ op, answer: await perform(on, op) })));
  done.sort((a, b) => (b.answer.available ?? 0) - (a.answer.available ?? 0));
  const applied = done.filter(({ answer }) => answer.outcome === "applied");
  const refused = done.filter(({ answer }) => answer.outcome !== "applied");
  for (const { op, answer } of [...applied, ...refused]) {
    expect(told(answer)).toEqual(told(world.model.apply(op)));
  }
}

const drawn = fc.array(fc.nat(1_000), { minLength: 12, maxLength: 12 });
const step = (kind: StepKind) => drawn.map((numbers) => new Step(kind, numbers));
/** As often as each is named. */
const steps = [
  ...["grant", "grant", "grant", "reserve", "reserve", "reserve", "capture", "capture", "capture"],
  ...["capture", "release", "release", "take", "take", "putBack", "claim", "sweep", "wait"],
  ...["again", "again", "rush", "copies"],
] as StepKind[];

it("does what a ledger in memory does, whatever comes, twice or at once", async () => {
  const { verifyLedger } = await import("./verify");
  await fc.assert(
    fc.asyncProperty(
      fc.commands(steps.map(step), { size: "max", maxCommands: 120 }),
      async (commands) => {
        const owners = await Promise.all(Array.from({ length: 4 }, () => on.owner()));
        const world = new LedgerWorld(owners, () => randomUUID(), start);
        await fc.asyncModelRun(() => ({ model: world, real: undefined }), commands);
        await compare(world);
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
  await on.sweep.expireLots();
  await on.sweep.reapReservations(async () => false);
  await on.sweep.expireLots();
  const { failures, transactions } = await verifyLedger();
  expect(transactions).toBeGreaterThan(100);
  // Nobody ordered what was given as bought.
  expect(failures.filter(({ invariant }) => invariant !== "order_grants")).toEqual([]);
}, 120_000);
