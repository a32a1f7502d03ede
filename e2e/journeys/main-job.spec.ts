import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { readSubtitles } from "@/lib/subtitles/formats";
import { plainText } from "@/lib/subtitles/markup";
import { freshAccount, linkIn, mailTo } from "../fixtures/account";
import { chooseFile } from "../fixtures/choose-file";
import { speechVideo, spokenWords } from "../fixtures/media";
import { readByTrack } from "../fixtures/text-track";

test("from sign-up to subtitles over the video and three files", async ({ page, baseURL }) => {
  const { email, password } = freshAccount();
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto("/sign-up");
  await page.getByLabel("이름").fill("김하늘");
  await page.getByLabel("이메일").fill(email);
  await page.getByLabel("비밀번호", { exact: true }).fill(password);
  await page.getByRole("button", { name: "가입하기", exact: true }).click();
  await expect(page.getByText(email)).toBeVisible();
  await page.goto(linkIn(await mailTo(baseURL ?? "", email, "sign-up")));
  await page.getByRole("button", { name: "확인하고 시작하기" }).click();
  await expect(page.getByRole("heading", { name: "아직 영상이 없어요" })).toBeVisible();

  await page.getByRole("link", { name: "첫 영상 올리기" }).click();
  await chooseFile(page, await speechVideo("mp4"));
  // The price and what it leaves of the sign-up gift, before anything is spent.
  await expect(page.getByText("시작 후 남는 크레딧")).toBeVisible();
  await page.getByRole("button", { name: /^자막 만들기 · \d+크레딧$/ }).click();
  await expect(page.getByText("다 올렸어요")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("link", { name: "열기" }).click();
  await page.waitForURL(/\/(videos|jobs)\//);

  // Real subtitles in the list, from the real engine.
  const list = page.getByRole("list", { name: "자막 목록" });
  if (page.url().includes("/jobs/")) {
    await page.getByRole("link", { name: "자막 보기" }).click({ timeout: 90_000 });
  }
  await expect(list).toBeVisible({ timeout: 90_000 });
  await expect(list).toContainText(/dashwood/i);
  const text = ((await list.textContent()) ?? "").toLowerCase();
  expect(spokenWords.filter((word) => text.includes(word)).length).toBeGreaterThanOrEqual(4);

  // The first visit to the editor begins with its tour.
  await page.getByRole("button", { name: "건너뛰기" }).last().click();

  // A press on a cue goes there, and the subtitle stands on the picture.
  const row = list.getByRole("button", { name: /disposed/i }).first();
  await row.click();
  await expect(page.getByTestId("captions")).toContainText(/disposed/i);

  // An edit is kept: seen after a reload and in the files.
  await row.press("Enter");
  const field = page.getByLabel("자막 내용");
  await field.fill("He was a changed man.");
  await field.press("Enter");
  await expect(page.getByText("저장됨")).toBeVisible();
  await page.reload();
  await expect(list).toContainText("He was a changed man.");

  const files = new Map<string, string>();
  for (const format of ["SRT", "VTT", "ASS"]) {
    await page.getByRole("button", { name: "내보내기" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: `${format} 받기` }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`speech.en.${format.toLowerCase()}`);
    files.set(format, await readFile((await download.path()) ?? "", "utf8"));
    await page.keyboard.press("Escape");
  }
  const [srt, vtt, ass] = ["SRT", "VTT", "ASS"].map(
    (format) => readSubtitles({ text: files.get(format) ?? "" }).document.cues,
  );
  expect(
    srt?.some((cue) => plainText(cue.text).replace("\n", " ") === "He was a changed man."),
  ).toBe(true);
  expect(vtt?.map((cue) => cue.text)).toEqual(srt?.map((cue) => cue.text));
  expect(ass?.map((cue) => cue.text)).toEqual(srt?.map((cue) => cue.text));

  // What it cost stands on its receipt, with the numbers of the ledger.
  const listed = await (await page.request.get("/api/v1/videos")).json();
  const { id: jobId, credits } = listed.videos[0].job;
  expect(credits).toMatchObject({ held: 0, released: 0 });
  await page.goto(`/jobs/${jobId}/receipt`);
  await expect(page.getByText(`${credits.captured}크레딧`).first()).toBeVisible();
  const { receipt } = await (await page.request.get(`/api/v1/jobs/${jobId}/receipt`)).json();
  for (const { transactionId } of receipt.attempts[0].steps) {
    await expect(page.getByText(transactionId)).toBeVisible();
  }

  // Chromium's own reader sees the same cues, texts and times.
  const { videos } = await (await page.request.get("/api/v1/videos")).json();
  const trackId = videos[0].tracks[0].id;
  const read = await readByTrack(page, `/api/v1/tracks/${trackId}/export?format=vtt`);
  expect(read).toEqual(
    srt?.map(({ startMs, endMs, text }) => ({ startMs, endMs, text: plainText(text) })),
  );
});
