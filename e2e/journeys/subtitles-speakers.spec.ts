import { expect, type Page } from "@playwright/test";
import { logInPage, programSession } from "../fixtures/account";
import { hydrated, test } from "../fixtures/browsers";
import { cuesOf, trackIn } from "../fixtures/made-tracks";
import { twoVoices } from "../fixtures/media";
import { chooseSpoken } from "../fixtures/orders";
import { uploadFile, videoWhen } from "../fixtures/uploads";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

/** The list of who speaks, opened. */
async function openSpeakers(page: Page, count: number) {
  await (await hydrated(button(page, `화자 ${count}명`))).click();
  return page.getByRole("dialog", { name: "화자" });
}

test("two people on two channels are told apart, named, merged and put into files", async ({
  page,
  url,
}) => {
  const session = await programSession(url);
  const { videoId } = await uploadFile(session, await twoVoices());
  await videoWhen(session, videoId, ({ status }) => status === "ready");
  await logInPage(page, session);
  await page.goto(`/videos/${videoId}`);
  await chooseSpoken(page, "영어");
  await (await hydrated(button(page, "옵션"))).click();
  // What can't be had says why.
  await expect(page.getByText("운영자가 OPENAI_API_KEY를 설정하면 쓸 수 있어요.")).toBeVisible();
  await page.getByRole("radio", { name: /^좌우 소리로 구분/ }).check();
  await button(page, /^자막 만들기 · \d+크레딧$/).click();
  const list = page.getByRole("list", { name: "자막 목록" });
  await expect(list).toContainText("화자 1", { timeout: 90_000 });
  await expect(list).toContainText("화자 2");
  const trackId = (await trackIn(session, videoId, "en")) ?? "";
  const cues = await cuesOf(session, trackId);
  const keyOf = (text: RegExp) => cues.find((cue) => text.test(cue.text))?.speaker;
  expect(keyOf(/dashwood/i)).toBeDefined();
  expect(keyOf(/selfish/i)).toBeDefined();
  expect(keyOf(/dashwood/i)).not.toBe(keyOf(/selfish/i));

  // A name holds for every line at once.
  const speakers = await openSpeakers(page, 2);
  await speakers.getByRole("button", { name: "화자 1 이름 바꾸기" }).click();
  await speakers.getByLabel("화자 1의 이름").fill("엘리너");
  await page.keyboard.press("Enter");
  await expect(speakers.getByText("엘리너")).toBeVisible();
  await expect(list).toContainText("엘리너");
  await expect(list).not.toContainText("화자 1");

  // Merged they are one, and apart again with one press.
  await speakers.getByRole("button", { name: "화자 2, 다른 화자와 합치기" }).click();
  await page.getByRole("menuitem", { name: "엘리너" }).click();
  await expect(list).not.toContainText("화자 2");
  await expect(speakers.getByText("화자 2도 같은 사람이에요")).toBeVisible();
  await speakers.getByRole("button", { name: "나누기" }).click();
  await expect(list).toContainText("화자 2");
  await page.keyboard.press("Escape");

  // One line is somebody else's, and only that one.
  const line = list.getByRole("button", { name: /selfish/i }).first();
  await line.click();
  await list.getByRole("button", { name: "이 자막의 화자 바꾸기" }).click();
  await page.getByRole("menuitemradio", { name: "엘리너" }).click();
  await expect(line).toContainText("엘리너");
  await expect
    .poll(
      async () =>
        (await cuesOf(session, trackId)).filter((cue) => cue.speaker === keyOf(/dashwood/i)).length,
    )
    .toBe(cues.filter((cue) => cue.speaker === keyOf(/dashwood/i)).length + 1);
  await line.click();

  const file = async (format: string, more = "") =>
    (await page.request.get(`/api/v1/tracks/${trackId}/export?format=${format}${more}`)).text();
  expect(await file("vtt")).toMatch(/<v 엘리너>/);
  expect(await file("ass")).toMatch(/^Dialogue: [^,]*,[^,]*,[^,]*,[^,]*,엘리너,/m);
  expect(await file("srt")).not.toContain("엘리너");
  expect(await file("srt", "&speakers=1")).toContain("엘리너: ");
});
