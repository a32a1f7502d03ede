import { expect, type Page } from "@playwright/test";
import type { Cue } from "@/lib/subtitles/model";
import { logInPage, programSession } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { addTrack, cuesOf, silentVideo } from "../fixtures/made-tracks";
import { videoWhen } from "../fixtures/uploads";

const texts = ["오늘은 산책을 나왔어요", "단풍이 예뻐요", "바람이 조금 차네요", "이제 돌아갈게요"];
const cues: Cue[] = texts.map((text, i) => ({
  ...{ id: `cue-${i}`, text },
  ...{ startMs: 1_000 + i * 4_000, endMs: 4_000 + i * 4_000 },
}));

/** The timeline as it opens. */
const msPerPx = 20;
/** The first page of a cold server. */
const slow = { timeout: 45_000 };

async function openTimeline(page: Page, url: string) {
  const session = await programSession(url);
  const videoId = await silentVideo(session, 30);
  await videoWhen(session, videoId, ({ peaksUrl }) => peaksUrl !== null);
  const trackId = await addTrack(videoId, { language: "ko", cues });
  await logInPage(page, session);
  const sound = page.waitForResponse((answer) => answer.url().includes("/peaks?level="), slow);
  await page.goto(`/videos/${videoId}?track=${trackId}&ms=0`);
  const area = page.getByRole("group", { name: "시간에 따른 파형과 자막" });
  await expect(area).toBeVisible(slow);
  expect((await sound).status()).toBe(206);
  const box = await area.boundingBox();
  if (!box) throw new Error("no timeline");
  const x = (ms: number) => box.x + ms / msPerPx;
  const stored = async (cueId: string) => {
    const cue = (await cuesOf(session, trackId)).find(({ id }) => id === cueId);
    return cue && { startMs: cue.startMs, endMs: cue.endMs };
  };
  return { session, trackId, area, box, x, lane: box.y + box.height - 22, stored };
}

/** Down at a time, over to another, and up unless something is done before. */
async function drag(
  page: Page,
  [from, to]: readonly [number, number],
  y: number,
  before?: () => Promise<void>,
) {
  await page.mouse.move(from, y);
  await page.mouse.down();
  await page.mouse.move((from + to) / 2, y);
  await page.mouse.move(to, y);
  await before?.();
  await page.mouse.up();
}

const timeOf = (page: Page) =>
  page.evaluate(() => (document.querySelector("video")?.currentTime ?? 0) * 1000);

test("edges and blocks are taken by the pointer, one step of the history each", async ({
  page,
  url,
}) => {
  const { x, lane, stored } = await openTimeline(page, url);
  await drag(page, [x(4_000) - 4, x(4_600) - 4], lane);
  await expect.poll(() => stored("cue-0")).toEqual({ startMs: 1_000, endMs: 4_600 });
  // Up to the next cue, less the pause between two.
  await drag(page, [x(4_600) - 4, x(6_000)], lane);
  await expect.poll(async () => (await stored("cue-0"))?.endMs).toBeGreaterThan(4_600);
  expect((await stored("cue-0"))?.endMs).toBeLessThan(5_000);

  await drag(page, [x(10_500), x(10_900)], lane);
  await expect.poll(() => stored("cue-2")).toEqual({ startMs: 9_400, endMs: 12_400 });
  await drag(page, [x(10_500), x(10_900)], lane, () => page.keyboard.press("Escape"));
  await page.keyboard.press("Control+z");
  await expect.poll(() => stored("cue-2")).toEqual({ startMs: 9_000, endMs: 12_000 });
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(() => stored("cue-0")).toEqual({ startMs: 1_000, endMs: 4_000 });
});

test("a press goes there and chooses, two open the text, and a new cue is drawn", async ({
  page,
  url,
}) => {
  const { x, lane, session, trackId } = await openTimeline(page, url);
  await page.mouse.click(x(6_000), lane);
  await expect.poll(() => timeOf(page)).toBeCloseTo(6_000, -2);
  await expect(page.getByRole("slider", { name: "시작", exact: true })).toHaveAttribute(
    "aria-valuetext",
    "0:05.000",
  );
  await page.mouse.dblclick(x(10_000), lane);
  await expect(page.locator("textarea[data-cue-text]")).toHaveValue("바람이 조금 차네요");
  await page.keyboard.press("Escape");

  await page.keyboard.down("Alt");
  await drag(page, [x(17_000), x(19_000)], lane);
  await page.keyboard.up("Alt");
  const field = page.locator("textarea[data-cue-text]");
  await expect(field).toBeFocused();
  await field.fill("새로 그린 자막");
  await expect
    .poll(async () => (await cuesOf(session, trackId)).at(-1))
    .toMatchObject({ text: "새로 그린 자막", startMs: 17_000, endMs: 19_000 });
});

test("handles do by keys what the pointer does, a frame at a time", async ({ page, url }) => {
  const { x, lane, stored } = await openTimeline(page, url);
  await page.mouse.click(x(6_000), lane);
  const start = page.getByRole("slider", { name: "시작", exact: true });
  await start.focus();
  await page.keyboard.press("ArrowRight");
  await expect(start).toHaveAttribute("aria-valuetext", "0:05.040");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(start).toHaveAttribute("aria-valuetext", "0:04.640");
  await page.getByRole("slider", { name: "옮기기" }).press("ArrowRight");
  await expect.poll(() => stored("cue-1")).toEqual({ startMs: 4_680, endMs: 8_040 });
  const end = page.getByRole("slider", { name: "끝", exact: true });
  await end.press("PageUp");
  await expect.poll(async () => (await stored("cue-1"))?.endMs).toBe(8_440);
});

test("it looks closer and farther, scrolls away and comes back", async ({ page, url }) => {
  const { box, area } = await openTimeline(page, url);
  const looks: Buffer[] = [];
  const look = async () => {
    await page.waitForTimeout(300);
    looks.push(await area.locator("canvas").screenshot());
  };
  await look();
  await page.getByRole("button", { name: "확대", exact: true }).click();
  await look();
  await page.getByRole("button", { name: "전체 보기" }).click();
  await look();
  await area.focus();
  for (let i = 0; i < 24; i++) await page.keyboard.press("=");
  await look();
  expect(new Set(looks.map((one) => one.toString("base64"))).size).toBe(4);
  await page.mouse.move(box.x + 400, box.y + 60);
  await page.mouse.wheel(0, 4_000);
  const back = page.getByRole("button", { name: "재생 위치로" });
  await back.click();
  await expect(back).toBeHidden();
});

test("the chosen cue is played over and over, and frames are stepped one by one", async ({
  page,
  url,
}) => {
  const { x, lane } = await openTimeline(page, url);
  await page.mouse.click(x(6_000), lane);
  await page.keyboard.press("r");
  const seen: number[] = [];
  for (let i = 0; i < 40; i++) {
    seen.push(await timeOf(page));
    await page.waitForTimeout(120);
  }
  expect(seen.some((ms, i) => ms < (seen[i - 1] ?? 0) - 1_000)).toBe(true);
  expect(Math.max(...seen)).toBeLessThan(8_200);
  expect(Math.min(...seen)).toBeGreaterThan(4_900);
  await page.keyboard.press("r");
  await page.keyboard.press("k");
  await expect(page.getByRole("button", { name: "재생", exact: true })).toBeVisible();

  const frame = async () => Math.floor(((await timeOf(page)) * 25) / 1_000 + 0.001);
  const first = await frame();
  for (const key of [".", ".", ","]) await page.keyboard.press(key);
  await expect.poll(frame).toBe(first + 1);

  await page.keyboard.press("j");
  const from = await timeOf(page);
  await expect.poll(() => timeOf(page), { timeout: 10_000 }).toBeLessThan(from - 300);
  await page.keyboard.press("k");
});
