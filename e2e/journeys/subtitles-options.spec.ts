import { expect, type Page } from "@playwright/test";
import type { OwnProfileView } from "@/lib/profiles/schema";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { logInPage, programSession } from "../fixtures/account";
import { hydrated, test } from "../fixtures/browsers";
import { shortClip } from "../fixtures/credits";
import { fundAccount } from "../fixtures/database";
import { cuesOf, trackIn } from "../fixtures/made-tracks";
import { chooseSpoken, chooseTargets } from "../fixtures/orders";
import { translatorRequests } from "../fixtures/translators";
import { uploadFile, videoWhen } from "../fixtures/uploads";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const flat = (cues: readonly Cue[]) =>
  cues.map(({ text }) => plainText(text).replaceAll("\n", " ")).join(" ");

/** Rules of somebody who wants one short line. */
const rules = {
  ...{ counting: "graphemes", maxLineWidth: 24, maxLines: 1, maxCharsPerSecond: 30 },
  ...{ minDurationMs: 500, maxDurationMs: 5_000, minGapFrames: 2 },
  ...{ closeGapBelowMs: 500, maxLingerMs: 500 },
};

/** By the page for it: a name, how it is misheard, and what it is in Japanese. */
async function addTerm(page: Page): Promise<void> {
  await page.goto("/settings/glossary");
  await (await hydrated(button(page, "용어 더하기").first())).click();
  await page.getByLabel("바르게 쓴 이름이나 용어").fill("Dashworth");
  await page.getByLabel("잘못 들리는 말").fill("Dashwood");
  await page.getByRole("combobox", { name: "번역을 정할 언어" }).fill("일본");
  await page.keyboard.press("Enter");
  await page.getByLabel("일본어로는").fill("ダッシュワース");
  await button(page, "저장").click();
  const terms = page.getByRole("main").getByRole("listitem");
  await expect(terms.filter({ hasText: "Dashworth" })).toBeVisible();
}

test("the glossary and own rules shape subtitles, are remembered, and a version comes back", async ({
  page,
  url,
}) => {
  test.setTimeout(240_000);
  const session = await programSession(url);
  await fundAccount(session.email, 50);
  await session.call<{ profile: OwnProfileView }>("/api/v1/profiles", {
    body: { name: "한 줄만", rules },
  });
  const { videoId } = await uploadFile(session, await shortClip(0));
  await videoWhen(session, videoId, ({ status }) => status === "ready");
  await logInPage(page, session);
  await addTerm(page);

  await page.goto(`/videos/${videoId}`);
  await chooseSpoken(page, "영어");
  await chooseTargets(page, ["일본어"]);
  await (await hydrated(button(page, /^옵션/))).click();
  await page.getByRole("combobox", { name: "자막 규칙" }).click();
  await page.getByRole("option", { name: "한 줄만" }).click();
  await expect(page.getByText("한 줄 24자 · 1줄 · 초당 30자")).toBeVisible();
  await button(page, /^자막 만들기 · \d+크레딧$/).click();

  const list = page.getByRole("list", { name: "자막 목록" });
  await expect(list).toContainText("Dashworth", { timeout: 90_000 });
  await expect(list).not.toContainText("Dashwood");
  const trackId = (await trackIn(session, videoId, "en")) ?? "";
  const first = await cuesOf(session, trackId);
  for (const { text } of first) {
    expect(text).not.toContain("\n");
    expect(plainText(text).length).toBeLessThanOrEqual(24);
  }
  await expect.poll(() => trackIn(session, videoId, "ja"), { timeout: 60_000 }).toBeDefined();
  const japanese = await cuesOf(session, (await trackIn(session, videoId, "ja")) ?? "");
  expect(flat(japanese).replaceAll(" ", "")).toContain("ダッシュワース");
  const sent = (await translatorRequests("Dashworth")).filter(({ status }) => status === 200);
  expect(sent.flatMap(({ terms }) => terms)).toContainEqual(["Dashworth", "ダッシュワース"]);
  await page.goto(`/tracks/${trackId}/report`);
  await expect(page.getByText("Dashwood → Dashworth")).toBeVisible();

  // What was chosen is there for the next file.
  await page.goto("/upload");
  await expect(page.getByText("영어 → 일본어 · 옵션 1개")).toBeVisible();

  // The same video made otherwise is a new version of the same track.
  await page.goto(`/videos/${videoId}`);
  await (await hydrated(button(page, "자막 메뉴"))).click();
  await page.getByRole("menuitem", { name: "옵션 바꿔서 다시 만들기" }).click();
  const again = page.getByRole("dialog", { name: "자막 다시 만들기" });
  await again.getByRole("button", { name: "일본어 빼기" }).click();
  await again.getByRole("button", { name: /^옵션/ }).click();
  await again.getByRole("combobox", { name: "자막 규칙" }).click();
  await page.getByRole("option", { name: "넷플릭스", exact: true }).click();
  await again.getByRole("switch", { name: /내 용어집 쓰기/ }).click();
  await again.getByRole("button", { name: /^다시 만들기 · \d+크레딧$/ }).click();
  await expect(list).toContainText("Dashwood", { timeout: 90_000 });
  expect(await trackIn(session, videoId, "en")).toBe(trackId);

  await (await hydrated(page.getByRole("tab", { name: "버전" }))).click();
  const versions = page.getByRole("list", { name: "버전", exact: true });
  await expect(versions.getByRole("listitem")).toHaveCount(2);
  await versions.getByRole("button", { name: "버전 1 메뉴" }).click();
  await page.getByRole("menuitem", { name: "되살리기" }).click();
  const preview = page.getByRole("dialog", { name: "버전 1 되살리기" });
  await expect(preview).toContainText("Dashworth");
  await preview.getByRole("button", { name: "되살리기" }).click();
  await expect(versions.getByRole("listitem")).toHaveCount(3);
  await expect(list).toContainText("Dashworth");
  expect(await cuesOf(session, trackId)).toEqual(first);
});
