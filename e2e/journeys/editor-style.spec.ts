import { expect, type Locator, type Page } from "@playwright/test";
import type { Cue } from "@/lib/subtitles/model";
import { logInPage, programSession } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { addTrack, cuesOf, silentVideo } from "../fixtures/made-tracks";

const texts = ["바다가 보이는 창가에서", "아침을 맞았어요"];
const cues: Cue[] = texts.map((text, i) => ({
  ...{ id: `cue-${i}`, text },
  ...{ startMs: i * 4_000, endMs: 3_500 + i * 4_000 },
}));

async function openStyle(page: Page, url: string) {
  const session = await programSession(url);
  const videoId = await silentVideo(session, 10);
  const trackId = await addTrack(videoId, { language: "ko", cues });
  await logInPage(page, session);
  await page.goto(`/videos/${videoId}?track=${trackId}`);
  await page.getByRole("tab", { name: "모양" }).click();
  await expect(lettersOf(page)).toBeVisible();
  return { session, videoId, trackId };
}

const shown = (page: Page) => page.getByTestId("captions");
const lettersOf = (page: Page) => shown(page).getByText(texts[0] ?? "");
const rowOf = (page: Page, text: string) =>
  page.getByRole("list", { name: "자막 목록" }).getByRole("button", { name: text }).first();
const css = (place: Locator, name: string) =>
  place.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);
const saved = (page: Page) => expect(page.getByText("저장됨")).toBeVisible();

test("a look is tried, chosen, kept for one subtitle, and taken back", async ({ page, url }) => {
  const { session, trackId } = await openStyle(page, url);
  const block = shown(page).locator("p");
  const before = Number.parseFloat(await css(block, "font-size"));
  await page.getByRole("button", { name: "고대비" }).click();
  await expect(lettersOf(page)).toHaveCSS("color", "rgb(255, 255, 0)");
  expect(Number.parseFloat(await css(block, "font-size"))).toBeGreaterThan(before);
  await saved(page);

  await rowOf(page, texts[0] ?? "").click();
  await page.getByText("이 자막만").click();
  const size = page.getByRole("textbox", { name: "크기" });
  await size.fill("10");
  await size.press("Enter");
  await expect(page.getByText("따로 꾸민 자막이에요.")).toBeVisible();
  await saved(page);
  const looks = async () => (await cuesOf(session, trackId)).map((cue) => cue.styleOverrides);
  await expect.poll(looks).toEqual([{ fontSizePercent: 10 }, undefined]);

  await page.getByRole("button", { name: "전체 모양으로" }).click();
  await expect.poll(looks).toEqual([undefined, undefined]);
  await page.keyboard.press("Control+z");
  await expect.poll(looks).toEqual([{ fontSizePercent: 10 }, undefined]);
});

test("a slider shows what it does at once, and is one step to take back", async ({ page, url }) => {
  await openStyle(page, url);
  const block = shown(page).locator("p");
  const before = await css(block, "font-size");
  const slider = page.getByRole("slider", { name: "크기" });
  const box = await slider.boundingBox();
  if (!box) throw new Error("no slider");
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
  await page.mouse.down();
  for (const share of [0.6, 0.7, 0.8, 0.9]) {
    await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
  }
  expect(await css(block, "font-size")).not.toBe(before);
  await page.mouse.up();
  await saved(page);
  await page.keyboard.press("Control+z");
  await expect.poll(() => css(block, "font-size")).toBe(before);
});

test("subtitles are placed by keys, and by hand on the picture", async ({ page, url }) => {
  await openStyle(page, url);
  const block = shown(page).locator("p");
  await page.getByRole("radio", { name: "가운데 아래" }).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: "가운데 위" })).toBeChecked();
  await expect(block).toHaveAttribute("data-edge", "top");
  await page.getByRole("switch", { name: "위치 직접 정하기" }).click();
  const handle = page.getByRole("button", { name: "자막 위치" });
  await handle.focus();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByRole("textbox", { name: "세로" })).toHaveValue("10");
  const from = await handle.boundingBox();
  if (!from) throw new Error("no handle");
  await page.mouse.move(from.x + 16, from.y + 16);
  await page.mouse.down();
  await page.mouse.move(from.x + 66, from.y + 66, { steps: 5 });
  await page.mouse.up();
  const moved = page.getByRole("textbox", { name: "가로" });
  await expect.poll(async () => Number(await moved.inputValue())).toBeGreaterThan(50);
  await page.getByRole("tab", { name: "모양" }).focus();
  await page.keyboard.press("g");
  await expect(page.getByTestId("safe-areas")).toBeVisible();
});

test("libass draws the same in the browser", async ({ page, url }) => {
  await openStyle(page, url);
  await page.getByRole("switch", { name: /내보낼 모습 그대로/ }).click();
  const exact = page.getByTestId("exact-captions");
  await expect(exact.locator("canvas")).toBeVisible();
  await expect(shown(page)).toHaveCount(0);
  const picture = () => exact.screenshot();
  /** Looks until what is drawn stays so. */
  const drawnUnlike = async (other: Buffer): Promise<Buffer> => {
    let last = other;
    await expect
      .poll(
        async () => {
          const before = last;
          last = await picture();
          return !last.equals(other) && last.equals(before);
        },
        { timeout: 30_000, intervals: [500] },
      )
      .toBe(true);
    return last;
  };
  // Drawn once libass and its font are there, and drawn anew with each look.
  const start = await picture();
  await page.getByRole("button", { name: "고대비" }).click();
  const contrasting = await drawnUnlike(start);
  await page.getByRole("button", { name: "기본", exact: true }).click();
  await drawnUnlike(contrasting);
  await expect(exact.getByText("쓸 수 없어요")).toHaveCount(0);
});

test("a look is kept under a name and used again", async ({ page, url }) => {
  await openStyle(page, url);
  await page.getByRole("button", { name: "영화" }).click();
  await page.getByRole("button", { name: "지금 모양 저장" }).click();
  const name = `우리 모양 ${Date.now()}`;
  await page.getByLabel("이름").fill(name);
  await page.getByRole("button", { name: "저장", exact: true }).click();
  await page.getByRole("button", { name: "기본", exact: true }).click();
  await expect(lettersOf(page)).toHaveCSS("color", "rgb(255, 255, 255)");
  await page.getByRole("button", { name, exact: true }).click();
  await expect(lettersOf(page)).toHaveCSS("color", "rgb(245, 242, 232)");
  await page.getByRole("button", { name: `${name} 더 보기` }).click();
  await page.getByRole("menuitem", { name: "삭제" }).click();
  await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
});

test("a video with its subtitles in the picture is made and taken home", async ({ page, url }) => {
  await openStyle(page, url);
  await page.keyboard.press("Control+Shift+e");
  await page.getByRole("tab", { name: "입힌 영상" }).click();
  await page.getByRole("button", { name: "입힌 영상 만들기" }).click();
  const download = page.getByRole("link", { name: "내려받기" });
  await expect(download).toBeVisible({ timeout: 120_000 });
  const [file] = await Promise.all([page.waitForEvent("download"), download.click()]);
  expect(file.suggestedFilename()).toMatch(/\.ko\.mp4$/);
  await page.getByRole("button", { name: "삭제" }).click();
  await expect(download).toHaveCount(0);
});
