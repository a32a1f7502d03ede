import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { ensureLibass } from "@/scripts/bootstrap/libass.mjs";
import { hasExactPreview } from "./exact-preview";

const root = mkdtempSync(path.join(tmpdir(), "exact-preview-"));
const folder = path.join(root, "public/libass");

afterAll(() => rmSync(root, { recursive: true, force: true }));

it("is there once the script has made it, and not where a file of it is gone", async () => {
  expect(await hasExactPreview(folder)).toBe(false);
  symlinkSync(path.resolve("node_modules"), path.join(root, "node_modules"));
  await ensureLibass(root);
  expect(await hasExactPreview(folder)).toBe(true);
  rmSync(path.join(folder, "jassub-worker.wasm"));
  expect(await hasExactPreview(folder)).toBe(false);
});
