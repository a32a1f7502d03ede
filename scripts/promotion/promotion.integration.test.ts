import { execFile } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";

let app: TestApp;
const script = path.resolve(import.meta.dirname, "../promotion.mjs");

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a person would. */
function promotion(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env: process.env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

it("adds, lists and stops", async () => {
  expect((await promotion("list")).stdout).toBe("There are no promotions.\n");
  const added = await promotion("add", "spring", "--percent", "10", "--uses", "5");
  expect(added).toMatchObject({ code: 0, stderr: "" });
  expect((await promotion("list")).stdout).toMatch(/ {2}SPRING {2}10 % {2}0 of 5 used {2}from 20/);
  expect(await promotion("add", "SPRING", "--krw", "100")).toMatchObject({
    code: 2,
    stderr: "This code has been used before. Take another one.\n",
  });
  expect((await promotion("stop", "Spring")).code).toBe(0);
  expect((await promotion("stop", "SPRING")).code).toBe(1);
  expect((await promotion("list")).stdout).toMatch(/stopped\n$/);
  expect((await promotion("add")).stderr).toContain("npm run promotion -- add CODE");
}, 60_000);
