import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeVideo } from "@/lib/testing/factories";
import { makeFullAccount } from "@/lib/testing/full-account";
import { openLedger } from "@/lib/testing/ledger";
import { describeOrphans } from "@/scripts/accounts/report";
import type { Orphan } from "./orphans";

let app: TestApp;
let deletion: typeof import("./deletion");
let erasure: typeof import("./erasure");
let findOrphans: typeof import("./orphans").findOrphans;
let storage: typeof import("@/lib/storage").storage;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [deletion, erasure, { findOrphans }, { storage }, { db }] = await Promise.all([
    import("./deletion"),
    import("./erasure"),
    import("./orphans"),
    import("@/lib/storage"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

const dayMs = 24 * 3_600_000;
const due = () => Date.now() + 7 * dayMs + 60_000;
const later = () => due() + 2 * 3_600_000;

async function store(pathname: string): Promise<void> {
  const file = path.join(app.dataDir, "object");
  await writeFile(file, "x");
  await storage().put(pathname, { path: file }, { contentType: "application/octet-stream" });
}

/** What the scan says beyond what it said before `plant`, and that nothing is left after `mend`. */
async function found(
  plant: () => Promise<unknown>,
  mend: () => Promise<unknown>,
): Promise<Orphan[]> {
  expect(await findOrphans({ nowMs: later() })).toEqual([]);
  await plant();
  const orphans = await findOrphans({ nowMs: later() });
  await mend();
  expect(await findOrphans({ nowMs: later() })).toEqual([]);
  return orphans;
}

describe("the scan", () => {
  it("finds nothing in accounts that live, wait for their deletion or are erased", async () => {
    const { give, hold, capture } = await openLedger();
    const erased = await makeFullAccount();
    for (const { id, jobId } of [await makeFullAccount(), erased]) {
      await give(id, 10);
      await capture(await hold(id, 4, { subjectId: jobId }));
    }
    await deletion.requestDeletion({ userId: erased.id, confirmation: erased.email });
    // Its files are about to go: under way, not forgotten.
    expect(await findOrphans()).toEqual([]);
    await erasure.eraseAccount(erased.id, due());
    expect(await findOrphans({ nowMs: later() })).toEqual([]);
  });

  it("finds nothing in what somebody wrote at another's video who is gone", async () => {
    const { trackId } = await makeFullAccount();
    const guest = await makeFullAccount();
    const note = { id: newId(), trackId, cueId: "a", text: "여기 다시 봐요" };
    await db().cueNote.create({ data: { ...note, authorId: guest.id, resolvedById: guest.id } });
    const finding = { trackId, key: newId(), cueId: "a", code: "x", reason: "노래" };
    await db().ignoredFinding.create({ data: { ...finding, actorId: guest.id } });
    await deletion.requestDeletion({ userId: guest.id, confirmation: guest.email });
    await erasure.eraseAccount(guest.id, due());
    expect(await findOrphans({ nowMs: later() })).toEqual([]);
    expect(await db().cueNote.count({ where: { id: note.id } })).toBe(1);
  });

  it("finds objects that nothing refers to", async () => {
    const account = await makeFullAccount();
    const erased = await makeFullAccount();
    await deletion.requestDeletion({ userId: erased.id, confirmation: erased.email });
    await erasure.eraseAccount(erased.id, due());
    for (const [pathname, reason] of [
      [`u/${newId()}/${newId()}/source.mp4`, "owner_missing"],
      [`u/${erased.id}/${erased.videoId}/source.mp4`, "owner_erased"],
      [`u/${erased.id}/photo/a.webp`, "owner_erased"],
      [`u/${account.id}/${newId()}/source.mp4`, "video_missing"],
      [`u/${account.id}/photo/old.webp`, "photo_replaced"],
      ["u/somebody/file.mp4", "name_unknown"],
    ] as const) {
      const orphans = await found(
        () => store(pathname),
        () => storage().delete([pathname]),
      );
      expect(orphans).toEqual([{ kind: "object", pathname, reason }]);
      expect(describeOrphans(orphans)).toContain(pathname);
    }
  });

  it("finds objects of videos that are gone, in whole or but for their subtitles", async () => {
    const account = await makeFullAccount();
    const { id, sourceKey } = await makeVideo({ ownerId: account.id });
    for (const [data, reason] of [
      [{ status: "deleted" }, "video_deleted"],
      [{ status: "deleting" }, "video_deleted"],
      [{ mediaDeletedAt: new Date() }, "media_deleted"],
    ] as const) {
      const orphans = await found(
        () => db().video.update({ where: { id }, data }),
        () => db().video.update({ where: { id }, data: { status: "ready", mediaDeletedAt: null } }),
      );
      expect(orphans).toEqual([{ kind: "object", pathname: sourceKey, reason }]);
    }
  });

  it("finds rows that refer to somebody who is gone, in any table, also a new one", async () => {
    const erased = await makeFullAccount();
    await deletion.requestDeletion({ userId: erased.id, confirmation: erased.email });
    await erasure.eraseAccount(erased.id, due());
    const hash = newId();
    const device = { userId: erased.id, hash, label: "" };
    const row = { kind: "row", value: erased.id, rows: 1, reason: "account_erased" };
    expect(
      await found(
        () => db().knownDevice.create({ data: device }),
        () => db().knownDevice.deleteMany({ where: { hash } }),
      ),
    ).toEqual([{ ...row, table: "known_devices", column: "user_id" }]);

    const stranger = newId();
    for (const [table, column, value] of [
      ["credits", '"of whom"', erased.id],
      ["notes", "owner_id", stranger],
    ] as const) {
      const type = table === "credits" ? "uuid REFERENCES users(id)" : "uuid";
      const orphans = await found(
        async () => {
          await db().$executeRawUnsafe(`CREATE TABLE ${table} (${column} ${type})`);
          await db().$executeRawUnsafe(`INSERT INTO ${table} VALUES ('${value}')`);
        },
        () => db().$executeRawUnsafe(`DROP TABLE ${table}`),
      );
      expect(orphans).toEqual([{ ...row, table, column, value }]);
      expect(describeOrphans(orphans)).toContain(`1 row(s) of ${table}: ${column} ${value}`);
    }
  });

  it("finds rows whose parent is missing", async () => {
    const sessionId = newId();
    const unchecked = (statement: string) =>
      db().$transaction([
        db().$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
        db().$executeRawUnsafe(statement),
      ]);
    const orphans = await found(
      () =>
        unchecked(`INSERT INTO refresh_tokens (hash, session_id) VALUES ('lost', '${sessionId}')`),
      () => unchecked("DELETE FROM refresh_tokens WHERE hash = 'lost'"),
    );
    expect(orphans).toEqual([
      {
        kind: "row",
        table: "refresh_tokens",
        column: "session_id",
        value: sessionId,
        rows: 1,
        reason: "parent_missing",
      },
    ]);
  });

  it("finds accounts that should be erased, and tombstones that still speak", async () => {
    const account = await makeFullAccount();
    const asked = (deletionRequestedAt: Date | null) =>
      db().user.update({ where: { id: account.id }, data: { deletionRequestedAt } });
    expect(
      await found(
        () => asked(new Date(later() - 9 * dayMs)),
        () => asked(null),
      ),
    ).toEqual([{ kind: "account", userId: account.id, reason: "erasure_overdue" }]);

    const erased = await makeFullAccount();
    await deletion.requestDeletion({ userId: erased.id, confirmation: erased.email });
    await erasure.eraseAccount(erased.id, due());
    const named = (name: string) => db().user.update({ where: { id: erased.id }, data: { name } });
    expect(
      await found(
        () => named("somebody"),
        () => named(""),
      ),
    ).toEqual([{ kind: "account", userId: erased.id, reason: "personal_data_left" }]);
  });
});
