/**
 * How an editor feels: key to paint, INP on a slow machine, scrolling, opening, memory, and the
 * text over the picture. Against a running build (as the journeys run it) and a peer beside it:
 *
 *   E2E_BASE_URL=http://localhost:3000 E2E_DATA_DIR=.data \
 *     npx tsx --conditions=react-server bench/editor/run.ts [--counts 2000,20000] [--keys 200]
 *     [--edits 1000] [--minutes 10] [--only product|peer] [--subplayer its-docs-folder]
 *
 * Goals: key to paint p95 <= 50 ms and 55 frames a second at full speed, INP <= 100 ms at a
 * quarter of it, open <= 1 s after the data, < 20 MB more after 1,000 edits, text within a frame.
 * INP is the 98th percentile of interactions, as web-vitals has it.
 */
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "playwright";
import { findBrowser } from "@/scripts/bootstrap/programs.mjs";
import { watchOverlay } from "./overlay";
import {
  forget,
  heapBytes,
  interactionTimes,
  keyTimes,
  openedAfterData,
  percentile,
  scrollRate,
  watchPage,
} from "./probes";
import {
  madeCues,
  type OverlaySubject,
  type Peer,
  product,
  type Subject,
  subPlayer,
  wholeArrayList,
} from "./subjects";

const { values } = parseArgs({
  options: {
    counts: { type: "string", default: "2000,20000" },
    keys: { type: "string", default: "200" },
    edits: { type: "string", default: "1000" },
    minutes: { type: "string", default: "10" },
    only: { type: "string" },
    subplayer: { type: "string" },
  },
});
const url = process.env.E2E_BASE_URL ?? "http://localhost:3000";

async function openPage(browser: Browser, subject: Subject, address: string) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    baseURL: url,
  });
  const page = await context.newPage();
  if (address.startsWith(url)) await page.goto(url);
  await subject.enter(page);
  await watchPage(page, subject.row);
  const session = await context.newCDPSession(page);
  await page.goto(address);
  await page.locator(subject.row).first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1_500);
  return { page, session, close: () => context.close() };
}

async function openField(page: Page, subject: Subject): Promise<void> {
  const row = page.locator(subject.row).nth(2);
  if (subject.field === "textarea:focus") await row.locator("textarea").click();
  else await row.dblclick();
  await page.locator(subject.field).waitFor();
  await page.keyboard.press("End");
}

/** 12 keys a second: faster than people type for long. */
const keyEveryMs = 80;

/** Letters, and every 25th key on to the next cue. */
async function typeKeys(page: Page, keys: number, nextKey: string): Promise<void> {
  for (let i = 1; i <= keys; i += 1) {
    const next = Date.now() + keyEveryMs;
    await page.keyboard.press(i % 25 === 0 ? nextKey : ("abcdefghij"[i % 10] ?? "a"));
    await page.waitForTimeout(Math.max(0, next - Date.now()));
  }
}

async function measure(browser: Browser, subject: Subject, count: number) {
  const { nextKey } = subject;
  const address = await subject.address(count);
  const { page, session, close } = await openPage(browser, subject, address);
  const openMs = await openedAfterData(page, subject.data);
  const box = await page.locator(subject.list).first().boundingBox();
  const at = { x: (box?.x ?? 0) + 200, y: Math.min((box?.y ?? 0) + 200, 600) };
  const fps = await scrollRate(page, session, at);
  await page.reload();
  await page.locator(subject.row).first().waitFor();
  await page.waitForTimeout(1_500);

  await openField(page, subject);
  await forget(page);
  await typeKeys(page, Number(values.keys), nextKey);
  const keyP95 = percentile(await keyTimes(page), 0.95);

  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await forget(page);
  await typeKeys(page, Number(values.keys), nextKey);
  await page.keyboard.press("Control+z");
  const inp = percentile(await interactionTimes(page), 0.98);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });

  const before = await heapBytes(session);
  for (let i = 0; i < Number(values.edits); i += 1) {
    await page.keyboard.press("x");
    await page.keyboard.press(nextKey);
  }
  await page.waitForTimeout(3_000);
  const grownMb = ((await heapBytes(session)) - before) / 1e6;
  await close();
  return { openMs, fps, keyP95, inp, grownMb };
}

async function peers(): Promise<Peer[]> {
  const made = [await wholeArrayList()];
  if (values.subplayer) made.push(await subPlayer(values.subplayer));
  return made;
}

async function main(): Promise<void> {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ["--autoplay-policy=no-user-gesture-required"],
  });
  const ours = values.only === "peer" ? null : await product(url);
  const theirs = values.only === "product" ? [] : await peers();
  console.log("editor | cues | open ms | scroll fps | key p95 ms | INP at 4x ms | MB per edits");
  for (const count of values.counts.split(",").map(Number)) {
    for (const subject of ours ? [ours, ...theirs] : theirs) {
      const { openMs, fps, keyP95, inp, grownMb } = await measure(browser, subject, count);
      const figures = [openMs, fps, keyP95, inp, grownMb].map((value) => value.toFixed(1));
      console.log([subject.name, count, ...figures].join(" | "));
    }
  }
  if (ours && Number(values.minutes) > 0) await overlay(browser, ours);
  for (const { stop } of theirs) stop();
  await browser.close();
}

async function overlay(browser: Browser, subject: Subject & { overlay: OverlaySubject }) {
  const minutes = Number(values.minutes);
  const address = await subject.overlay.address(minutes);
  const { page, close } = await openPage(browser, subject, address);
  const edges = madeCues(minutes * 40, 1_000, 500).flatMap(({ startMs, endMs }) => [
    startMs,
    endMs,
  ]);
  const { changes, late, worstFrames } = await watchOverlay(page, { minutes, fps: 25, edges });
  console.log(
    `text over the picture, ${minutes} min: ${changes} changes, ${late} later than a frame, worst ${worstFrames.toFixed(2)} frames`,
  );
  await close();
}

await main();
