/**
 * Five minutes in which two browsers and a program edit one track, while networks are cut, pages
 * reloaded and crashed and the server killed; in the end all three have to show the same, with
 * everything that was acknowledged. By hand: `npm test` leaves it out (playwright.config.ts).
 *
 *   npm start                                   (in another terminal, or any other data folder)
 *   npx tsx bench/editor/storm.ts [--seconds 300] [--url http://localhost:3000] [--data .data]
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "300" },
    url: { type: "string", default: "http://localhost:3000" },
    data: { type: "string", default: ".data" },
  },
});
const root = path.resolve(import.meta.dirname, "../..");
const playwright = path.join(root, "node_modules/@playwright/test/cli.js");

const child = spawn(
  process.execPath,
  [playwright, "test", "--reporter=list", "e2e/journeys/editor-storm.spec.ts"],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      E2E_BASE_URL: values.url,
      E2E_DATA_DIR: path.resolve(root, values.data),
      STORM_SECONDS: values.seconds,
    },
  },
);
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
