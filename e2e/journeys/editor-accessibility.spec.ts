import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { test } from "../fixtures/browsers";
import {
  expectStored,
  fieldOf,
  listOf,
  openEditor,
  rowOf,
  saved,
  trackOf,
  walk,
} from "../fixtures/editor";

const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

async function noViolations(page: Page, what: string): Promise<void> {
  // At a popup's ends stand marks that pass the focus on at once.
  const builder = new AxeBuilder({ page }).exclude("[data-base-ui-focus-guard]");
  const { violations } = await builder.withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${what} ${id}: ${nodes[0]?.html}`)).toEqual([]);
}

async function closed(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

for (const locale of ["ko", "en"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

      test("no violations that axe sees in the editor and its dialogs", async ({ page, url }) => {
        await page.context().addCookies([{ name: "NEXT_LOCALE", value: locale, url }]);
        await openEditor(page, url);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        await rowOf(page, "단풍이 예뻐요").click();
        for (const [i, tab] of (await page.getByRole("tab").all()).entries()) {
          await tab.click();
          await noViolations(page, `tab ${i}`);
        }
        for (const [what, key] of [
          ["keys", "?"],
          ["export", "Control+Shift+e"],
          ["import", "Control+o"],
          ["share", "Shift+U"],
          ["shift", "t"],
          ["stretch", "Shift+T"],
        ] as const) {
          await rowOf(page, "단풍이 예뻐요").focus();
          await page.keyboard.press(key);
          await expect(page.getByRole("dialog")).toBeVisible();
          await noViolations(page, what);
          await closed(page);
        }
        await page.keyboard.press("Control+h");
        await expect(page.getByRole("search")).toBeVisible();
        await noViolations(page, "find");
        await page.keyboard.press("Escape");
        await rowOf(page, "바람이 조금 차네요").dblclick();
        await expect(fieldOf(page)).toBeFocused();
        await noViolations(page, "writing");
        await page.setViewportSize({ width: 390, height: 844 });
        await noViolations(page, "phone, writing");
        await page.keyboard.press("Escape");
        await noViolations(page, "phone");
      });
    });
  }
}

test("the Tab key goes from picture to list, inspector and timeline, as the eye does", async ({
  page,
  url,
}) => {
  await openEditor(page, url);
  await rowOf(page, "단풍이 예뻐요").click();
  const regions: string[] = [];
  await page.locator("body").press("Home");
  await page.getByRole("link", { name: "영상 목록으로" }).focus();
  for (let i = 0; i < 80; i += 1) {
    await page.keyboard.press("Tab");
    const region = await page.evaluate(
      () =>
        document.activeElement?.closest("section[aria-label], aside[aria-label]")?.ariaLabel ?? "",
    );
    if (region !== "" && regions.at(-1) !== region) regions.push(region);
    if (await page.evaluate(() => document.activeElement === document.body)) break;
  }
  const order = regions.filter((name) => ["자막", "파형", "세부 정보"].includes(name));
  expect(order.slice(0, 3)).toEqual(["자막", "파형", "세부 정보"]);
  // One stop for all rows: arrows go from cue to cue.
  const stops = await listOf(page).locator('[data-cue-row] > button[tabindex="0"]').count();
  expect(stops).toBe(1);
});

test("what is read aloud: rows by number, times and text; handles as sliders", async ({
  page,
  url,
}) => {
  await openEditor(page, url);
  await rowOf(page, "단풍이 예뻐요").click();
  await expect(
    listOf(page).getByRole("button", { name: "2 0:05.000 0:08.000 단풍이 예뻐요 선택됨" }),
  ).toBeVisible();
  const timeline = page.getByRole("group", { name: "시간에 따른 파형과 자막" });
  await expect(timeline).toHaveAccessibleDescription(/2번 자막, 0:05.000부터 0:08.000까지/);
  const start = timeline.getByRole("slider", { name: "시작" });
  await expect(start).toHaveAttribute("aria-valuetext", "0:05.000");
  await start.focus();
  await page.keyboard.press("ArrowRight");
  await expect(start).not.toHaveAttribute("aria-valuetext", "0:05.000");
});

test("on a phone: list, times by the thumb, text, and everything saved", async ({
  openBrowser,
  url,
}) => {
  const page = await openBrowser({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const { session, trackId } = await openEditor(page, url);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  await rowOf(page, "단풍이 예뻐요").tap();
  const bar = page.getByRole("region", { name: "한 손 도구" });
  for (const button of await bar.getByRole("button").all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await expect(button).toBeInViewport({ ratio: 1 });
  }
  await bar.getByRole("button", { name: "끝을 조금 앞당기기" }).tap();
  await expect
    .poll(async () => (await trackOf(session, trackId)).cues[1]?.endMs)
    .toBeLessThan(walk[1]?.endMs ?? 0);
  await rowOf(page, "단풍이 예뻐요").tap();
  await fieldOf(page).fill("전화로 고친 글");
  await page.getByRole("button", { name: "저장하고 다음" }).tap();
  await expectStored(
    session,
    trackId,
    walk.map(({ text }, i) => (i === 1 ? "전화로 고친 글" : text)),
  );
});

test("a phone on its side: the list beside the picture, and nothing to scroll to", async ({
  openBrowser,
  url,
}) => {
  const page = await openBrowser({
    viewport: { width: 844, height: 390 },
    hasTouch: true,
    isMobile: true,
  });
  await openEditor(page, url);
  const row = rowOf(page, "단풍이 예뻐요");
  await row.tap();
  await expect(row).toBeInViewport({ ratio: 0.9 });
  for (const button of await page
    .getByRole("region", { name: "한 손 도구" })
    .getByRole("button")
    .all()) {
    await expect(button).toBeInViewport({ ratio: 1 });
  }
  const rest = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  expect(rest).toBe(0);
});

test.describe("in English", () => {
  test("a day's work: write, split, merge, shift, find, undo, export", async ({ page, url }) => {
    await page.context().addCookies([{ name: "NEXT_LOCALE", value: "en", url }]);
    const cues = ["We went for a walk", "The leaves are red", "It is a little cold"].map(
      (text, i) => ({
        ...{ id: `en-${i}`, text },
        ...{ startMs: 1_000 + i * 4_000, endMs: 4_000 + i * 4_000 },
      }),
    );
    const { session, trackId } = await openEditor(page, url, { cues, language: "en" });
    await rowOf(page, "The leaves are red").dblclick();
    const field = page.getByLabel("Subtitle text");
    await expect(field).toBeFocused();
    await field.fill("The leaves are red and gold");
    for (let i = 0; i < "and gold".length; i += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Control+Enter");
    await expect(listOf(page).getByRole("listitem")).toHaveCount(4);
    await expectStored(session, trackId, [
      ...["We went for a walk", "The leaves are red", "and gold", "It is a little cold"],
    ]);
    await page.keyboard.press("Escape");
    await rowOf(page, "The leaves are red").click();
    await page.keyboard.press("Control+Shift+m");
    await expect(listOf(page).getByRole("listitem")).toHaveCount(3);
    await page.keyboard.press("Control+h");
    const find = page.getByRole("search");
    await find.getByLabel("Find", { exact: true }).fill("cold");
    await find.getByLabel("Replace with").fill("chilly");
    await find
      .getByRole("button", { name: /^Replace all|all$/i })
      .first()
      .click();
    await page.keyboard.press("Escape");
    await expect(rowOf(page, "It is a little chilly")).toBeVisible();
    await saved(page);
    await rowOf(page, "It is a little chilly").click();
    for (let i = 0; i < 4; i += 1) await page.keyboard.press("Control+z");
    await saved(page);
    await expectStored(
      session,
      trackId,
      cues.map(({ text }) => text),
    );
    await page.getByRole("button", { name: "Export" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: /SRT/ }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.en\.srt$/);
  });
});
