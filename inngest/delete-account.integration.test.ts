import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeFullAccount } from "@/lib/testing/full-account";
import { startTestWorker } from "@/lib/testing/worker";

let app: TestApp;
let worker: Awaited<ReturnType<typeof startTestWorker>>;
let deletion: typeof import("@/lib/accounts/deletion");
let erasure: typeof import("@/lib/accounts/erasure");
let orphans: typeof import("@/lib/accounts/orphans");
let storage: typeof import("@/lib/storage").storage;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [deletion, erasure, orphans, { storage }, { db }] = await Promise.all([
    import("@/lib/accounts/deletion"),
    import("@/lib/accounts/erasure"),
    import("@/lib/accounts/orphans"),
    import("@/lib/storage"),
    import("@/lib/db"),
  ]);
  worker = await startTestWorker(app);
});
afterAll(async () => {
  await worker.stop();
  await app.stop();
});

it("an account goes through the whole of its deletion by the events it leaves", async () => {
  const account = await makeFullAccount();
  const objects = async () => (await storage().list(`u/${account.id}/`)).objects.length;
  await deletion.requestDeletion({ userId: account.id, confirmation: account.email });
  // Everything but the picture.
  await expect.poll(objects, { timeout: 20_000 }).toBe(1);
  expect(await db().track.count({ where: { ownerId: account.id } })).toBe(1);

  const aWeekAgo = new Date(Date.now() - 7 * 24 * 3_600_000 - 1000);
  await db().user.update({
    where: { id: account.id },
    data: { deletionRequestedAt: aWeekAgo },
  });
  expect(await erasure.eraseDueAccounts()).toBe(1);
  const row = () => db().user.findUniqueOrThrow({ where: { id: account.id } });
  const through = async () => {
    const { erasedAt, deletionRequestedAt } = await row();
    return erasedAt !== null && deletionRequestedAt === null;
  };
  await expect.poll(through, { timeout: 20_000 }).toBe(true);
  expect(await objects()).toBe(0);
  expect(await orphans.findOrphans({ nowMs: Date.now() + 2 * 3_600_000 })).toEqual([]);
}, 60_000);
