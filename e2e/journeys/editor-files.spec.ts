import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { readSubtitles } from "@/lib/subtitles/formats";
import { test } from "../fixtures/browsers";
import { expectStored, listOf, openEditor, rowOf, trackOf, walk } from "../fixtures/editor";
import { addTrack } from "../fixtures/made-tracks";
import { readByTrack } from "../fixtures/text-track";

const texts = walk.map(({ text }) => text);

async function download(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: await readFile((await file.path()) ?? "") };
}

async function chooseFormat(page: Page, format: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "내보내기" });
  await dialog.getByRole("combobox", { name: "형식" }).click();
  await page.getByRole("option", { name: new RegExp(`^${format}`) }).click();
}

test("every format: what it can't hold is told, and the file is the one of the hash", async ({
  page,
  url,
}) => {
  await openEditor(page, url, { name: "산책.mp4" });
  await page.keyboard.press("Control+Shift+e");
  const dialog = page.getByRole("dialog", { name: "내보내기" });
  const facts = dialog.getByTestId("file-facts");
  for (const format of ["SRT", "VTT", "ASS", "TXT", "JSON", "CSV", "TTML", "SMI", "SBV", "DOCX"]) {
    await chooseFormat(page, format);
    const hash = facts.locator("code");
    await expect(hash).toHaveText(/^[0-9a-f]{64}$/);
    await expect(dialog.getByRole("link", { name: `${format} 받기` })).toBeVisible();
    if (format === "TXT") await expect(facts.getByText("시간", { exact: true })).toBeVisible();
    const first = await download(page, `${format} 받기`);
    const second = await download(page, `${format} 받기`);
    expect(first.bytes.equals(second.bytes)).toBe(true);
    await expect(hash).toHaveText(createHash("sha256").update(first.bytes).digest("hex"));
    expect(first.name).toBe(`산책.ko.${format.toLowerCase()}`);
    if (["SRT", "VTT", "ASS", "TTML", "SMI", "SBV", "JSON"].includes(format)) {
      const { document } = readSubtitles({ text: first.bytes.toString("utf8") });
      expect(document.cues.map(({ startMs, endMs, text }) => ({ startMs, endMs, text }))).toEqual(
        walk.map(({ startMs, endMs, text }) => ({ startMs, endMs, text })),
      );
    }
  }
});

test("options change the file: Windows line ends, BOM; all languages go as one archive", async ({
  page,
  url,
}) => {
  const { videoId, trackId } = await openEditor(page, url, { name: "산책.mp4" });
  await addTrack(videoId, { language: "en", cues: walk.map((cue) => ({ ...cue, text: "Walk" })) });
  await page.reload();
  await expect(rowOf(page, "단풍이 예뻐요")).toBeVisible();
  await page.keyboard.press("Control+Shift+e");
  const dialog = page.getByRole("dialog", { name: "내보내기" });
  await chooseFormat(page, "SRT");
  await dialog.getByText("BOM 붙이기").click();
  await dialog.getByText("CRLF (Windows)").click();
  await expect(dialog.getByTestId("file-facts").locator("code")).toHaveText(/^[0-9a-f]{64}$/);
  const { bytes } = await download(page, "SRT 받기");
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(bytes.toString("utf8").split("\r\n").length).toBeGreaterThan(10);

  await dialog.getByText("모든 언어 (ZIP)").click();
  const archive = await download(page, "ZIP 받기");
  expect(Object.keys(unzipSync(archive.bytes)).sort()).toEqual([
    ...["산책.en.srt", "산책.en.vtt", "산책.ko.srt", "산책.ko.vtt"],
  ]);

  // Chromium's own reader sees the cues of the editor.
  const read = await readByTrack(page, `/api/v1/tracks/${trackId}/export?format=vtt`);
  expect(read).toEqual(walk.map(({ startMs, endMs, text }) => ({ startMs, endMs, text })));
});

/** Two cues in CP949, one of them with letters that EUC-KR lacks. */
const smi = Buffer.from(
  [
    "PFNBTUk+PEhFQUQ+PFRJVExFPr3Dx+g8L1RJVExFPjxTVFlMRSBUWVBFPSJ0ZXh0L2NzcyI+PCEtLSAuS1JDQyB7",
    "IE5hbWU6x9Gxub7uOyBsYW5nOmtvLUtSOyB9IC0tPjwvU1RZTEU+PC9IRUFEPjxCT0RZPg0KPFNZTkMgU3RhcnQ9",
    "MTAwMD48UCBDbGFzcz1LUkNDPr6+uKfGx7+hILy5vu6/5A0KPFNZTkMgU3RhcnQ9MzAwMD48UCBDbGFzcz1LUkND",
    "PiZuYnNwOw0KPFNZTkMgU3RhcnQ9NTAwMD48UCBDbGFzcz1LUkNDPoxjueawosfPuKYgusO+7r/kDQo8U1lOQyBT",
    "dGFydD04MDAwPjxQIENsYXNzPUtSQ0M+Jm5ic3A7DQo8L0JPRFk+PC9TQU1JPg0K",
  ].join(""),
  "base64",
);

test("a file is seen before it replaces anything, and what it replaced is kept", async ({
  page,
  url,
}) => {
  const { session, trackId } = await openEditor(page, url);
  await page.keyboard.press("Control+o");
  const dialog = page.getByRole("dialog", { name: "가져오기" });
  const broken = "1\n00:00:01,000 --> 00:00:03,000\n좋은 줄\n\n2\n00:00:0x,000 --> bad\n나쁜 줄\n";
  await dialog.getByLabel("자막 파일").setInputFiles({
    ...{ name: "broken.srt", mimeType: "text/plain", buffer: Buffer.from(broken, "utf16le") },
  });
  await expect(dialog.getByText("자막 1개를 읽었어요.")).toBeVisible();
  await expect(dialog.getByText(/\d번째 줄/).first()).toBeVisible();
  expect((await trackOf(session, trackId)).cues.map(({ text }) => text)).toEqual(texts);

  await dialog.getByRole("button", { name: "다른 파일 고르기" }).click();
  await dialog.getByLabel("자막 파일").setInputFiles({
    ...{ name: "old.smi", mimeType: "application/smil", buffer: smi },
  });
  await expect(dialog.getByText("자막 2개를 읽었어요.")).toBeVisible();
  await expect(dialog.getByText(/SMI · CP949/i)).toBeVisible();
  await expect(dialog.getByText("똠방각하를 봤어요").first()).toBeVisible();
  await dialog.getByRole("button", { name: "바꾸기", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, "똠방각하를 봤어요")).toBeVisible();
  await expectStored(session, trackId, ["씨름판에 섰어요", "똠방각하를 봤어요"]);
  await page.getByRole("tab", { name: "버전" }).click();
  const versions = page.getByRole("list", { name: "버전" });
  await expect(versions.getByText(/파일에서 가져옴/)).toBeVisible();
  await versions.getByRole("button", { name: "버전 1 메뉴" }).click();
  await page.getByRole("menuitem", { name: "되살리기" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "되살리기" }).click();
  await expect(listOf(page).getByRole("listitem")).toHaveCount(4);
  await expectStored(session, trackId, texts);
});

test("an import is taken back from the message that tells of it", async ({ page, url }) => {
  const { session, trackId } = await openEditor(page, url);
  await page.keyboard.press("Control+o");
  const dialog = page.getByRole("dialog", { name: "가져오기" });
  await dialog.getByLabel("자막 파일").setInputFiles({
    ...{ name: "old.smi", mimeType: "application/smil", buffer: smi },
  });
  await dialog.getByRole("button", { name: "바꾸기", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expectStored(session, trackId, ["씨름판에 섰어요", "똠방각하를 봤어요"]);
  await page.getByRole("button", { name: "되돌리기" }).click();
  await expect(rowOf(page, "단풍이 예뻐요")).toBeVisible();
  await expectStored(session, trackId, texts);
});

test("a file comes in as one more language", async ({ page, url }) => {
  const { session, trackId, videoId } = await openEditor(page, url);
  await page.getByRole("button", { name: "내보내기" }).click();
  await page.getByRole("menuitem", { name: /^가져오기/ }).click();
  const dialog = page.getByRole("dialog", { name: "가져오기" });
  const srt = "1\r\n00:00:01,000 --> 00:00:04,000\r\nWe went for a walk\r\n";
  await dialog.getByLabel("자막 파일").setInputFiles({
    ...{ name: "walk.en.srt", mimeType: "text/plain", buffer: Buffer.from(srt) },
  });
  await dialog.getByText("새 언어로 넣기").click();
  await dialog.getByRole("combobox", { name: "새 언어" }).click();
  await page.getByRole("option", { name: "영어", exact: true }).click();
  await dialog.getByRole("button", { name: "더하기", exact: true }).click();
  await expect(rowOf(page, "We went for a walk")).toBeVisible();
  await expectStored(session, trackId, texts);
  const { video } = await session.call<{ video: { tracks: { language: string }[] } }>(
    `/api/v1/videos/${videoId}`,
  );
  expect(video.tracks.map(({ language }) => language).sort()).toEqual(["en", "ko"]);
});
