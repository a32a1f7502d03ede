import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { Prisma } from "./generated/client";
import { pendingSql } from "./migration-engine";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

it("the migrations arrive at the schema files", async () => {
  expect(await pendingSql(app.databaseUrl)).toBe("");
});

it.each(Object.values(Prisma.ModelName))("%s has every column that is asked for", async (model) => {
  const { db } = await import("@/lib/db");
  const name = (model[0]?.toLowerCase() + model.slice(1)) as "user";
  await db()[name].findFirst();
});
