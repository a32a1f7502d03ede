import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";
import { mailsTo } from "@/lib/testing/people";
import type { FindingRequest } from "./findings-schema";

let app: TestApp;
let findings: typeof import("./findings");
let operators: typeof import("@/lib/accounts/operators");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [findings, operators, { transaction }, { db }] = await Promise.all([
    import("./findings"),
    import("@/lib/accounts/operators"),
    import("@/lib/transaction"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

const dayMs = 24 * 3_600_000;
const startMs = Date.UTC(2026, 10, 27, 3);

function found(subject: string, change: Partial<FindingRequest> = {}): FindingRequest {
  const difference = { expected: "11000 KRW", actual: "9000 KRW" };
  return { code: "amount_mismatch", severity: "critical", subject, ...difference, ...change };
}

const raise = (request: FindingRequest, nowMs = startMs) =>
  transaction((tx) => findings.raiseFinding(tx, request, nowMs));

async function only(subject: string) {
  const rows = await db().moneyFinding.findMany({ where: { subject } });
  expect(rows).toHaveLength(1);
  const [row] = rows;
  if (!row) throw new Error("no finding");
  return row;
}

async function auditsOf(findingId: string) {
  const rows = await db().auditEvent.findMany({
    where: { detail: { path: ["finding"], equals: findingId } },
    orderBy: { seq: "asc" },
  });
  return rows.map(({ name }) => name);
}

describe("a finding", () => {
  it("is one, however often it is seen", async () => {
    await Promise.all([1, 2, 3, 4].map(() => raise(found("o-1"))));
    await raise(found("o-1"), startMs + dayMs);
    const row = await only("o-1");
    expect(row.firstSeen.getTime()).toBe(startMs);
    expect(row.lastSeen.getTime()).toBe(startMs + dayMs);
    expect(await auditsOf(row.id)).toEqual(["money_finding"]);
  });

  it("shows the newest numbers", async () => {
    await raise(found("o-2"));
    await raise(found("o-2", { actual: "8000 KRW" }));
    const row = await only("o-2");
    expect(row.actual).toBe("8000 KRW");
    expect(await auditsOf(row.id)).toEqual(["money_finding", "money_finding"]);
  });

  it("is closed with a note, by somebody, and opens again when it comes back", async () => {
    const { id: actorId } = await makeUser();
    await raise(found("o-3"));
    const { id } = await only("o-3");
    const seen = { findingId: id, actorId, note: "토스에 물어보는 중" };
    await findings.changeFinding({ ...seen, state: "acknowledged" });
    await raise(found("o-3"), startMs + dayMs);
    expect((await only("o-3")).state).toBe("acknowledged");
    await findings.changeFinding({ ...seen, state: "fixed", note: "주문을 고침" });
    expect(await only("o-3")).toMatchObject({ state: "fixed", note: "주문을 고침" });
    await raise(found("o-3"), startMs + 2 * dayMs);
    expect(await only("o-3")).toMatchObject({ state: "open", note: "주문을 고침" });
    expect(await auditsOf(id)).toEqual([
      "money_finding",
      "money_finding_changed",
      "money_finding_changed",
      "money_finding",
    ]);
  });

  it("that nobody knows can't be changed", async () => {
    const change = { state: "fixed", note: "아무것도", actorId: crypto.randomUUID() } as const;
    const unknown = findings.changeFinding({ ...change, findingId: crypto.randomUUID() });
    await expect(unknown).rejects.toThrow("not_found");
  });

  it("isn't there when what found it didn't hold", async () => {
    const broken = transaction(async (tx) => {
      await findings.raiseFinding(tx, found("o-4"), startMs);
      throw new Error("broken");
    });
    await expect(broken).rejects.toThrow("broken");
    expect(await db().moneyFinding.count({ where: { subject: "o-4" } })).toBe(0);
  });
});

describe("the list", () => {
  it("goes through all of a state, the last seen first", async () => {
    for (let n = 0; n < 5; n++) await raise(found(`list-${n}`), startMs + (10 + n) * dayMs);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await findings.listFindings({ state: "open", limit: 2, cursor });
      seen.push(...page.findings.map(({ subject }) => subject));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.slice(0, 5)).toEqual([4, 3, 2, 1, 0].map((n) => `list-${n}`));
    expect(new Set(seen).size).toBe(seen.length);
    const { counts } = await findings.listFindings({ limit: 1 });
    expect(counts.open).toBe(seen.length);
  });
});

describe("operators", () => {
  it("are told once a day while it is open, and nobody else is", async () => {
    const [operator, other] = await Promise.all([makeUser(), makeUser()]);
    expect(await operators.setOperator({ email: operator.email, operator: true })).toBe(true);
    expect(await operators.setOperator({ email: operator.email, operator: true })).toBe(false);
    await raise(found("o-5"));
    await raise(found("o-5"));
    await raise(found("o-5"), startMs + dayMs);
    const told = async (address: string) =>
      (await mailsTo(address)).filter(({ kind }) => kind === "money-finding").length;
    expect(await told(operator.email)).toBe(2);
    expect(await told(other.email)).toBe(0);
    await operators.setOperator({ email: operator.email, operator: false });
    await raise(found("o-5"), startMs + 2 * dayMs);
    expect(await told(operator.email)).toBe(2);
    const changes = await db().auditEvent.count({
      where: { subjectId: operator.id, name: "operator_changed" },
    });
    expect(changes).toBe(2);
  });

  it("are accounts that there are", async () => {
    const unknown = operators.setOperator({ email: "nobody@example.test", operator: true });
    await expect(unknown).rejects.toThrow("not_found");
  });
});
