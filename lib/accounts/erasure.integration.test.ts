import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";
import { type FullAccount, makeFullAccount } from "@/lib/testing/full-account";

let app: TestApp;
let deletion: typeof import("./deletion");
let erasure: typeof import("./erasure");
let orphans: typeof import("./orphans");
let outbox: typeof import("@/lib/outbox/service");
let storage: typeof import("@/lib/storage").storage;
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [deletion, erasure, orphans, outbox, { storage }, { transaction }, { db }] = await Promise.all([
    import("./deletion"),
    import("./erasure"),
    import("./orphans"),
    import("@/lib/outbox/service"),
    import("@/lib/storage"),
    import("@/lib/transaction"),
    import("@/lib/db"),
  ]);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => app.stop());

const dayMs = 24 * 3_600_000;
const due = () => Date.now() + 7 * dayMs + 60_000;

async function leavingAccount(): Promise<FullAccount> {
  const account = await makeFullAccount();
  await deletion.requestDeletion({ userId: account.id, confirmation: account.email });
  return account;
}

/** Records of money and of trials, which know an account by its pseudonym afterwards. */
const kept = [
  "audit_events",
  "credit_wallets",
  "promotion_redemptions",
  "top_up_orders",
  "trial_devices",
];

/** Tables of which a row may belong to an account, with the column that says so. */
async function ownedTables(): Promise<{ table: string; column: string }[]> {
  return db().$queryRaw`
    SELECT DISTINCT table_name AS "table", column_name AS "column"
    FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name IN ('user_id', 'owner_id')
      AND NOT table_name = ANY(${kept}) ORDER BY 1`;
}

async function rowsOf(userId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, column } of await ownedTables()) {
    const [row] = await db().$queryRawUnsafe<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM ${table} WHERE ${column} = $1::uuid`,
      userId,
    );
    counts[table] = row?.n ?? 0;
  }
  return counts;
}

const userRow = (id: string) => db().user.findUniqueOrThrow({ where: { id } });

async function expectErased(account: FullAccount): Promise<void> {
  expect(new Set(Object.values(await rowsOf(account.id)))).toEqual(new Set([0]));
  expect((await storage().list(`u/${account.id}/`)).objects).toEqual([]);
  expect(await userRow(account.id)).toMatchObject({
    email: null,
    name: "",
    passwordHash: null,
    photoKey: null,
    notifications: {},
    deletionRequestedAt: null,
    erasedAt: expect.any(Date),
  });
  const pending = { where: { email: account.email } };
  expect(await db().oneTimeToken.count(pending)).toBe(0);
  const audit = await db().auditEvent.findMany({ where: { subjectId: account.id } });
  expect(audit.filter(({ name }) => name === "user_deleted")).toHaveLength(1);
  const found = await orphans.findOrphans({ nowMs: due() + 2 * 3_600_000 });
  expect(found.filter((orphan) => JSON.stringify(orphan).includes(account.id))).toEqual([]);
}

/** Mails that belong to nobody any more: the last ones of erased accounts. */
const farewells = () => db().mail.count({ where: { kind: "account-deleted", userId: null } });

describe("erasing an account", () => {
  it("finds something in every table that could belong to one", async () => {
    const { id } = await makeFullAccount();
    const empty = Object.entries(await rowsOf(id)).filter(([, rows]) => rows === 0);
    expect(empty).toEqual([]);
  });

  it("waits seven days", async () => {
    const account = await leavingAccount();
    expect(await erasure.eraseAccount(account.id)).toBe(false);
    expect(await erasure.eraseAccount(account.id, Date.now() + 7 * dayMs - 60_000)).toBe(false);
    expect(await userRow(account.id)).toMatchObject({ email: account.email, erasedAt: null });
    const untouched = await makeFullAccount();
    expect(await erasure.eraseAccount(untouched.id, due())).toBe(false);
    expect(await erasure.eraseAccount(newId(), due())).toBe(false);
  });

  it("leaves a pseudonym, nothing else, and every other account as it was", async () => {
    const [account, other] = [await leavingAccount(), await makeFullAccount()];
    const before = [await rowsOf(other.id), await userRow(other.id)];
    const mails = await farewells();
    expect(await erasure.eraseAccount(account.id, due())).toBe(true);
    await expectErased(account);
    expect(await farewells()).toBe(mails + 1);
    expect([await rowsOf(other.id), await userRow(other.id)]).toEqual(before);
    expect((await storage().list(`u/${other.id}/`)).objects).toHaveLength(5);

    // Twice is once.
    expect(await erasure.eraseAccount(account.id, due())).toBe(false);
    await expectErased(account);
    expect(await farewells()).toBe(mails + 1);
  });

  it("gives the address free for a new account", async () => {
    const account = await leavingAccount();
    const again = { id: newId(), email: account.email, name: "Again" };
    await expect(db().user.create({ data: again })).rejects.toThrow();
    await erasure.eraseAccount(account.id, due());
    await db().user.create({ data: again });
    await expectErased(account);
  });

  it("empties storage page by page", async () => {
    const account = await leavingAccount();
    const folder = path.join(path.dirname(storage().localPath(`u/${account.id}/x`) ?? ""), newId());
    await mkdir(folder, { recursive: true });
    for (let n = 0; n < 1005; n++) await writeFile(path.join(folder, `${n}`), "");
    await erasure.eraseAccount(account.id, due());
    await expectErased(account);
  }, 60_000);

  it("is asked for each hour, for accounts that are due and not through", async () => {
    const [account, early] = [await leavingAccount(), await makeFullAccount()];
    const ids = async (nowMs: number) => {
      await erasure.eraseDueAccounts({ nowMs });
      const asked: string[] = [];
      await outbox.relayOutbox(async (events) => {
        for (const event of events) {
          if (event.name === "account/erase.requested") asked.push(event.data.userId);
        }
      });
      return asked.filter((id) => id === account.id || id === early.id);
    };
    expect(await ids(Date.now())).toEqual([]);
    expect(await ids(due())).toEqual([account.id]);
    expect(await ids(due())).toEqual([]);
    expect(await ids(due() + 3_600_000)).toEqual([account.id]);
    await erasure.eraseAccount(account.id, due());
    expect(await ids(due() + 2 * 3_600_000)).toEqual([]);
  });
});

describe("an erasure that breaks off", () => {
  const refuse = async (table: string, operation: string) => {
    await db().$executeRawUnsafe(
      `CREATE TRIGGER broken BEFORE ${operation} ON ${table} FOR EACH ROW EXECUTE FUNCTION break()`,
    );
    return () => db().$executeRawUnsafe(`DROP TRIGGER broken ON ${table}`);
  };

  it("at any statement is whole or finished by the next try", async () => {
    await db().$executeRawUnsafe(
      `CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN RAISE EXCEPTION ''broken''; END'`,
    );
    // Asking for the deletion has taken away what was made to take home.
    const elsewhere = new Set(["tracks", "video_renders"]);
    const owned = (await ownedTables()).filter(({ table }) => !elsewhere.has(table));
    const places: [string, string][] = [
      ...owned.map(({ table }): [string, string] => [table, "DELETE"]),
      ...["tracks", "job_events", "refresh_tokens"].map((table): [string, string] => [
        table,
        "DELETE",
      ]),
      ["users", "UPDATE"],
      ["mails", "INSERT"],
      ["outbox", "INSERT"],
      ["audit_events", "INSERT"],
    ];
    const points = [];
    for (const [table, operation] of places) {
      const account = await leavingAccount();
      const mend = await refuse(table, operation);
      await expect(erasure.eraseAccount(account.id, due()), table).rejects.toThrow("broken");
      await mend();
      const row = await userRow(account.id);
      // Either nothing has happened yet, or there is no way back and the rest is still noted.
      if (row.erasedAt === null) expect(row.email).toBe(account.email);
      else expect(row).toMatchObject({ email: null, deletionRequestedAt: expect.any(Date) });
      points.push(row.erasedAt === null ? "before" : "after");
      expect(await erasure.eraseAccount(account.id, due()), table).toBe(true);
      await expectErased(account);
    }
    expect(new Set(points)).toEqual(new Set(["before", "after"]));
  }, 120_000);

  it("at storage goes on where it was", async () => {
    const account = await leavingAccount();
    const refused = vi.spyOn(storage(), "delete").mockRejectedValueOnce(new Error("unavailable"));
    await expect(erasure.eraseAccount(account.id, due())).rejects.toThrow("unavailable");
    refused.mockRestore();
    expect(await userRow(account.id)).toMatchObject({ email: null, erasedAt: expect.any(Date) });
    const late = await orphans.findOrphans({ nowMs: due() + 2 * 3_600_000 });
    expect(late).toContainEqual(expect.objectContaining({ reason: "owner_erased" }));
    expect(await erasure.eraseAccount(account.id, due())).toBe(true);
    await expectErased(account);
  });

  it("runs beside itself and is through once", async () => {
    const account = await leavingAccount();
    const mails = await farewells();
    await Promise.all([1, 2, 3].map(() => erasure.eraseAccount(account.id, due())));
    await expectErased(account);
    expect(await farewells()).toBe(mails + 1);
  });
});

describe("a log-in at the moment of erasure", () => {
  it("keeps the account or finds none, never something between", async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 12; round++) {
      const { id, email } = await makeUser();
      await deletion.requestDeletion({ userId: id, confirmation: email });
      const logIn = () => transaction((tx) => deletion.cancelDeletion(tx, id));
      const erase = () => erasure.eraseAccount(id, due());
      // Whoever is started first usually wins; both orders are wanted.
      const [first, second] = round % 2 ? [logIn(), erase()] : [erase(), logIn()];
      const outcome = await Promise.allSettled([first, second]);
      const [loggedIn, erased] = round % 2 ? outcome : [outcome[1], outcome[0]];
      const row = await userRow(id);
      if (loggedIn?.status === "fulfilled") {
        expect(row).toMatchObject({ email, erasedAt: null, deletionRequestedAt: null });
        expect(erased).toMatchObject({ status: "fulfilled", value: false });
      } else {
        expect(loggedIn?.reason).toMatchObject({ code: "credentials_rejected" });
        expect(row).toMatchObject({ email: null, deletionRequestedAt: null });
        expect(erased).toMatchObject({ status: "fulfilled", value: true });
      }
      seen.add(loggedIn?.status ?? "");
    }
    expect(seen.size).toBe(2);
  });
});
