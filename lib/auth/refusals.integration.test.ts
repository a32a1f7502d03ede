import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { callerFrom } from "@/lib/testing/people";

let app: TestApp;
let refusals: typeof import("./refusals");
let sessions: typeof import("./sessions");
let people: typeof import("@/lib/testing/people");
let requests: typeof import("@/lib/http/request-id");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [refusals, sessions, people, requests, { transaction }, { db }] = await Promise.all([
    import("./refusals"),
    import("./sessions"),
    import("@/lib/testing/people"),
    import("@/lib/http/request-id"),
    import("@/lib/transaction"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

describe("a post of another site to a page", () => {
  it("is written down, fifty times from one network and then no more", async () => {
    for (let count = 0; count < 60; count++) await refusals.noteForeignPost(callerFrom(71));
    await refusals.noteForeignPost(callerFrom(72));
    const rows = await db().auditEvent.findMany({ where: { name: "malicious_csrf" } });
    expect(rows).toHaveLength(51);
    expect(new Set(rows.map((row) => row.networkHash)).size).toBe(2);
    expect(rows[0]).toMatchObject({ actorId: null, level: "warn", detail: { route: "POST page" } });
  });
});

describe("what is recorded during a request", () => {
  it("carries its id, whoever records it", async () => {
    const member = await people.makeMember();
    const how = { kind: "browser", remember: false, methods: ["pwd"] } as const;
    const { id } = await transaction((tx) =>
      sessions.startSession(tx, { userId: member.id, caller: people.makeCaller(), ...how }),
    );
    await requests.asRequest("a request of a test", () =>
      sessions.endSession({ userId: member.id, sessionId: id, reason: "owner" }),
    );
    const where = { subjectId: member.id, name: "session_revoked" };
    expect((await db().auditEvent.findFirstOrThrow({ where })).requestId).toBe(
      "a request of a test",
    );
  });
});
