import { writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import type { Session } from "@/scripts/caption/session";
import { logInPage, programSession, type TestAccount } from "../fixtures/account";
import { hydrated, test } from "../fixtures/browsers";
import { shortClip, walletOf } from "../fixtures/credits";
import { cuesOf, trackIn } from "../fixtures/made-tracks";
import { spokenLines } from "../fixtures/media";
import { chooseSpoken } from "../fixtures/orders";
import { uploadFile, videoWhen } from "../fixtures/uploads";

/** The first clip of the speech: the first seven seconds. */
const [said = ""] = spokenLines;

async function textFile(name: string, text: string): Promise<string> {
  const file = path.join(os.tmpdir(), `ax2-e2e-${process.pid}-${name}`);
  await writeFile(file, text);
  return file;
}

/** Gives a file in the dialog for texts and orders its times. */
async function orderTimes(page: Page, file: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "가진 글에 시간 맞추기" });
  await hydrated(dialog.getByRole("button", { name: "파일 고르기" }));
  await dialog.getByLabel("글 파일").setInputFiles(file);
  await expect(dialog.getByRole("region", { name: "미리 보기" })).toBeVisible();
  await chooseSpoken(dialog, "영어");
  await dialog.getByRole("button", { name: /^시간 맞추기 · \d+크레딧$/ }).click();
  await expect(dialog).toBeHidden();
}

async function spokenVideo(session: Session & TestAccount, page: Page): Promise<string> {
  const { videoId } = await uploadFile(session, await shortClip(0));
  await videoWhen(session, videoId, ({ status }) => status === "ready");
  await logInPage(page, session);
  await page.goto(`/videos/${videoId}`);
  return videoId;
}

const flat = (cues: readonly Cue[]) =>
  cues.map(({ text }) => plainText(text).replaceAll("\n", " ")).join(" ");

test("a text that somebody has gets the times of what is said", async ({ page, url }) => {
  const session = await programSession(url);
  const videoId = await spokenVideo(session, page);
  await (await hydrated(page.getByRole("button", { name: "가진 글에 시간 맞추기" }))).click();
  await orderTimes(page, await textFile("said.txt", `${said}\n`));
  const list = page.getByRole("list", { name: "자막 목록" });
  await expect(list).toContainText("leisure", { timeout: 90_000 });
  const cues = await cuesOf(session, (await trackIn(session, videoId, "en")) ?? "");
  // Word for word what was given, where it is heard: the clip begins half a second in.
  expect(flat(cues)).toBe(said);
  expect(cues[0]?.startMs).toBeGreaterThan(300);
  expect(cues[0]?.startMs).toBeLessThan(1_500);
  // The last one may stay after the last word, but not after the video.
  expect(cues.at(-1)?.endMs).toBeLessThanOrEqual(7_000);
  for (const { provenance } of cues) {
    expect(provenance).toMatchObject({ origin: "alignment" });
    expect(provenance?.matched).toBeGreaterThan(0.5);
  }
  await (await hydrated(list.getByRole("button").first())).click();
  await expect(page.getByText("가진 글을 소리에 맞췄어요")).toBeVisible();
});

test("a text that isn't this video's is refused with a reason, and nothing is paid", async ({
  page,
  url,
}) => {
  const session = await programSession(url);
  const { email } = session;
  await spokenVideo(session, page);
  const before = await walletOf(email);
  await (await hydrated(page.getByRole("button", { name: "가진 글에 시간 맞추기" }))).click();
  const recipe = "Boil six quick eggs, add olives.\nFry onions until they turn golden brown.\n";
  await orderTimes(page, await textFile("recipe.txt", recipe));
  const reason = "글이 영상에서 하는 말과 달라요. 이 영상의 대본이 맞는지 확인해 주세요.";
  const failure = page.getByRole("alert").filter({ hasText: reason });
  await expect(failure).toBeVisible({ timeout: 90_000 });
  await expect(failure).toContainText("다시 올려 주세요");
  await failure.getByRole("button", { name: "다른 글 올리기" }).click();
  const dialog = page.getByRole("dialog", { name: "가진 글에 시간 맞추기" });
  await expect(dialog.getByRole("button", { name: "파일 고르기" })).toBeVisible();
  expect(await walletOf(email)).toEqual(before);
});

test("files that hold no text are refused before anything is ordered", async ({ page, url }) => {
  const session = await programSession(url);
  await spokenVideo(session, page);
  await (await hydrated(page.getByRole("button", { name: "가진 글에 시간 맞추기" }))).click();
  const dialog = page.getByRole("dialog", { name: "가진 글에 시간 맞추기" });
  await hydrated(dialog.getByRole("button", { name: "파일 고르기" }));
  await dialog.getByLabel("글 파일").setInputFiles(await textFile("empty.txt", " \n\n"));
  await expect(dialog.getByRole("alert")).toContainText("파일에 글이 없어요.");
});
