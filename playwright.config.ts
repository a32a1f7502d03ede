import path from "node:path";
import { defineConfig } from "@playwright/test";

const root = import.meta.dirname;
const results = path.join(root, "test-results");

const environment = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
);

/**
 * Drives a running product in Debian's Chromium. `npm test -- e2e` starts one on a data folder of
 * its own; E2E_BASE_URL points the same tests at any other.
 */
export default defineConfig({
  testDir: "e2e",
  testMatch: ["journeys/**/*.{test,spec}.ts", "api/**/*.{test,spec}.ts"],
  // Minutes of cut networks and killed servers, by hand: STORM_SECONDS=300.
  testIgnore: process.env.STORM_SECONDS ? [] : ["**/editor-storm.spec.ts"],
  outputDir: path.join(results, "e2e"),
  // Two cores: the second worker's browser shares one with the speech server.
  workers: Number(process.env.E2E_WORKERS ?? 2),
  fullyParallel: true,
  // A test that passes at the second try has found something.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // A journey with speech recognition in it takes most of a minute here.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [
    ["list"],
    ["json", { outputFile: process.env.E2E_REPORT ?? path.join(results, "e2e.json") }],
  ],
  use: {
    baseURL: process.env.E2E_BASE_URL ?? "http://localhost:3000",
    locale: "ko-KR",
    timezoneId: "Asia/Seoul",
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    browserName: "chromium",
    headless: true,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      // Without a UTF-8 locale Chromium can't open a file with a Korean name.
      env: { ...environment, LC_ALL: "C.UTF-8" },
      args: [
        // Chromium refuses to run as root with its sandbox; the tests only open our own pages.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
