import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import type { JobView } from "@/lib/jobs/schema";
import type { Cue } from "@/lib/subtitles/model";
import { logInPage, programSession } from "../fixtures/account";
import { hydrated, test } from "../fixtures/browsers";
import { query } from "../fixtures/database";
import { addTrack, silentVideo } from "../fixtures/made-tracks";
import { jobEnded } from "../fixtures/orders";
import { endedJob } from "../fixtures/uploads";

const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

const cues: Cue[] = [
  {
    id: "a",
    startMs: 1_000,
    endMs: 4_000,
    text: "오늘은 데이터와 모델과 테스트를 함께 살펴볼게요.",
  },
  { id: "b", startMs: 6_000, endMs: 6_300, text: "짧아요" },
  { id: "c", startMs: 8_000, endMs: 11_000, text: "아무 문제도 없는\n자막이에요" },
].map((cue, at) => ({ ...cue, speaker: at === 1 ? "s-2" : "s-1" }));

const evidence = {
  removed: [
    { id: "r", startMs: 20_000, endMs: 22_000, text: "구독과 좋아요", doubts: ["guess" as const] },
  ],
};

/** A video with speakers, a track with findings, and a translation that was ordered. */
async function prepare(page: Page, url: string) {
  const session = await programSession(url);
  const videoId = await silentVideo(session, 30, "접근성.mp4");
  const trackId = await addTrack(videoId, { language: "ko", cues, evidence });
  await query(
    `INSERT INTO video_speakers (video_id, key, number, name)
     VALUES ($1, 's-1', 1, '엘리너'), ($1, 's-2', 2, NULL)`,
    [videoId],
  );
  const { job } = await session.call<{ job: JobView }>("/api/v1/jobs", {
    body: {
      ...{ kind: "translate", videoId, sourceTrackId: trackId, idempotencyKey: `a11y-${trackId}` },
      options: { targets: ["pl"] },
    },
  });
  await endedJob(session, job.id);
  await logInPage(page, session);
  return { videoId, trackId, jobId: job.id };
}

async function noViolations(page: Page, what: string): Promise<void> {
  // At a popup's ends stand marks that pass the focus on at once.
  const builder = new AxeBuilder({ page }).exclude("[data-base-ui-focus-guard]");
  const { violations } = await builder.withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${what} ${id}: ${nodes[0]?.html}`)).toEqual([]);
}

const press = async (page: Page, role: "button" | "menuitem", name: string | RegExp) =>
  (await hydrated(page.getByRole(role, { name }).first())).click();

/** Opens each dialog and list of the video page and looks at it. */
async function lookAround(page: Page): Promise<void> {
  const close = async () => {
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  };
  await press(page, "button", "언어 더하기");
  const dialog = page.getByRole("dialog", { name: "번역할 언어 더하기" });
  await press(page, "button", /^옵션/);
  await expect(dialog.getByRole("combobox", { name: "자막 규칙" })).toBeVisible();
  await noViolations(page, "languages to add");
  await close();
  for (const [entry, title] of [
    ["옵션 바꿔서 다시 만들기", "자막 다시 만들기"],
    ["가진 글에 시간 맞추기", "가진 글에 시간 맞추기"],
  ] as const) {
    await press(page, "button", "자막 메뉴");
    await press(page, "menuitem", entry);
    await expect(page.getByRole("dialog", { name: title })).toBeVisible();
    await noViolations(page, title);
    await close();
  }
  for (const tab of ["메모", "버전"]) {
    await page.getByRole("tab", { name: tab }).click();
    await noViolations(page, tab);
  }
  await press(page, "button", "공유");
  await expect(page.getByRole("textbox", { name: "이메일" })).toBeVisible();
  await noViolations(page, "sharing");
  await close();
  await press(page, "button", "화자 2명");
  await expect(page.getByRole("dialog", { name: "화자" })).toBeVisible();
  await noViolations(page, "speakers");
  await close();
  const list = page.getByRole("list", { name: "자막 목록" });
  await list.getByRole("button", { name: /짧아요/ }).click();
  await page.getByRole("tab", { name: "자막" }).click();
  await expect(page.getByRole("heading", { name: "온 곳과 고친 기록" })).toBeVisible();
  await noViolations(page, "a cue and where it comes from");
}

/** Nothing sticks out at the width of a phone. */
async function fits(page: Page, what: string): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, what).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("no violations that axe sees around subtitles", async ({ page, url }) => {
      const { videoId, trackId, jobId } = await prepare(page, url);
      await page.goto(`/jobs/${jobId}`);
      await jobEnded(page, "번역이 완성됐어요");
      await noViolations(page, "job");
      await page.goto(`/tracks/${trackId}/report`);
      await press(page, "button", /오늘은 데이터와/);
      await expect(page.getByText("줄을 다시 나눠요.")).toBeVisible();
      await noViolations(page, "report");
      await press(page, "button", /^모두 고치기/);
      await expect(page.getByRole("dialog")).toBeVisible();
      await noViolations(page, "repairs");
      await page.goto(`/videos/${videoId}`);
      await lookAround(page);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("nothing sticks out", async ({ page, url }) => {
    const { videoId, trackId, jobId } = await prepare(page, url);
    for (const path of [
      `/jobs/${jobId}`,
      `/tracks/${trackId}/report`,
      `/videos/${videoId}`,
      "/jobs",
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await fits(page, path);
    }
    await page.goto(`/tracks/${trackId}/report`);
    await press(page, "button", /오늘은 데이터와/);
    await expect(page.getByText("줄을 다시 나눠요.")).toBeVisible();
    await fits(page, "report with a repair");
    await page.goto(`/videos/${videoId}`);
    await press(page, "button", "언어 더하기");
    const dialog = page.getByRole("dialog", { name: "번역할 언어 더하기" });
    await dialog.getByRole("button", { name: /^옵션/ }).click();
    await expect(dialog.getByRole("combobox", { name: "자막 규칙" })).toBeVisible();
    await fits(page, "order form");
  });
});

test("the order form by keys alone", async ({ page, url }) => {
  const session = await programSession(url);
  const videoId = await silentVideo(session, 30, "키보드.mp4");
  await addTrack(videoId, { language: "ko", cues: cues.slice(0, 1) });
  await logInPage(page, session);
  await page.goto(`/videos/${videoId}`);
  const open = await hydrated(page.getByRole("button", { name: "언어 더하기" }));
  await open.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "번역할 언어 더하기" });
  const field = dialog.getByRole("combobox", { name: "번역할 언어" });
  for (let steps = 0; steps < 5 && !(await isFocused(field)); steps++)
    await page.keyboard.press("Tab");
  await expect(field).toBeFocused();
  // Two are chosen, one is taken back by the key that the chip tells of.
  for (const name of ["체코어", "덴마크어"]) {
    await page.keyboard.insertText(name);
    await expect(page.getByRole("option", { name })).toBeVisible();
    await page.keyboard.press("Enter");
  }
  await expect(dialog.getByRole("button", { name: "덴마크어 빼기" })).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(dialog.getByRole("button", { name: "덴마크어 빼기" })).toBeHidden();
  const submit = dialog.getByRole("button", { name: /^번역하기 · \d+크레딧$/ });
  await expect(submit).toBeEnabled();
  for (let steps = 0; steps < 12 && !(await isFocused(submit)); steps++)
    await page.keyboard.press("Tab");
  await expect(submit).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(
    page
      .getByText(/번역 더하기 \d+ %/)
      .or(page.getByRole("combobox", { name: "자막 언어" }))
      .first(),
  ).toBeVisible();
});

async function isFocused(locator: ReturnType<Page["locator"]>): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}
