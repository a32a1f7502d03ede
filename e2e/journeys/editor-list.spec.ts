import { expect, type Page } from "@playwright/test";
import type { Cue } from "@/lib/subtitles/model";
import type { Session } from "@/scripts/caption/session";
import { logInPage, programSession } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { addTrack, cuesOf, silentVideo } from "../fixtures/made-tracks";

const texts = ["오늘은 산책을 나왔어요", "단풍이 예뻐요", "바람이 조금 차네요", "이제 돌아갈게요"];
const cues: Cue[] = texts.map((text, i) => ({
  ...{ id: `cue-${i}`, text },
  ...{ startMs: 1_000 + i * 4_000, endMs: 4_000 + i * 4_000 },
}));

const listOf = (page: Page) => page.getByRole("list", { name: "자막 목록" });
const rowOf = (page: Page, text: string | RegExp) =>
  listOf(page).getByRole("button", { name: text }).first();
const fieldOf = (page: Page) => page.getByLabel("자막 내용");
const saved = (page: Page) => expect(page.getByText("저장됨")).toBeVisible();

async function openEditor(page: Page, url: string) {
  const session = await programSession(url);
  const videoId = await silentVideo(session, 30);
  const trackId = await addTrack(videoId, { language: "ko", cues });
  await logInPage(page, session);
  await page.goto(`/videos/${videoId}?track=${trackId}`);
  await expect(listOf(page).getByRole("listitem")).toHaveCount(4);
  return { session, videoId, trackId };
}

/** Opens the text of a row for writing. */
async function write(page: Page, text: string) {
  await rowOf(page, text).click();
  await rowOf(page, text).press("Enter");
  await expect(fieldOf(page)).toBeFocused();
}

const stored = (session: Session, trackId: string) => ({
  poll: () =>
    expect.poll(async () => (await cuesOf(session, trackId)).map(({ text }) => text), {
      timeout: 15_000,
    }),
});

test("Korean is written without a syllable broken, doubled or taken for a command", async ({
  page,
  url,
}) => {
  const { session, trackId } = await openEditor(page, url);
  await write(page, "단풍이 예뻐요");
  const field = fieldOf(page);
  await field.press("End");
  const keyboard = await page.context().newCDPSession(page);
  const compose = async (...steps: string[]) => {
    for (const text of steps) {
      const end = text.length;
      await keyboard.send("Input.imeSetComposition", {
        ...{ text, selectionStart: end, selectionEnd: end },
      });
    }
    await page.waitForTimeout(500);
  };
  await compose("ㅎ", "하", "한");
  // Kept for longer than a rest, a syllable in the making stays in the making.
  await expect(field).toHaveValue("단풍이 예뻐요한");
  expect((await cuesOf(session, trackId))[1]?.text).toBe("단풍이 예뻐요");
  // Enter, Escape and the keys of commands belong to the input method as long as it composes.
  for (const [key, code] of [
    ["Enter", "Enter"],
    ["Escape", "Escape"],
    ["Process", "KeyZ"],
  ] as const) {
    await keyboard.send("Input.dispatchKeyEvent", {
      ...{ type: "rawKeyDown", key, code, windowsVirtualKeyCode: 229 },
      ...(code === "KeyZ" && { modifiers: 2 }),
    });
  }
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("단풍이 예뻐요한");
  await keyboard.send("Input.insertText", { text: "한" });
  await compose("ㄱ", "그", "글");
  await keyboard.send("Input.insertText", { text: "글" });
  await expect(field).toHaveValue("단풍이 예뻐요한글");
  await field.press("Enter");
  await expect(field).toHaveValue("바람이 조금 차네요");
  await stored(session, trackId)
    .poll()
    .toEqual([texts[0], "단풍이 예뻐요한글", texts[2], texts[3]]);

  // Letters of the Hangul layout do what their keys do.
  await field.press("Escape");
  await page.keyboard.press("ArrowUp");
  await expect(rowOf(page, "단풍이")).toBeFocused();
  await page.evaluate(() =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "ㅁ", code: "KeyA", bubbles: true }),
    ),
  );
  await expect.poll(async () => (await cuesOf(session, trackId))[1]?.startMs).toBe(4_900);
});

test("cues are split, merged, added, deleted and brought back by key and by mouse", async ({
  page,
  url,
}) => {
  const { session, trackId } = await openEditor(page, url);
  const track = stored(session, trackId);
  await write(page, "오늘은 산책을 나왔어요");
  const field = fieldOf(page);
  await field.press("Home");
  for (let i = 0; i < 3; i++) await field.press("ArrowRight");
  await field.press("Control+Enter");
  await expect(field).toHaveValue("산책을 나왔어요");
  await expect(listOf(page).getByRole("listitem")).toHaveCount(5);
  await track.poll().toEqual(["오늘은", "산책을 나왔어요", ...texts.slice(1)]);
  await field.press("Backspace");
  await expect(field).toHaveValue("오늘은 산책을 나왔어요");
  await track.poll().toEqual(texts);

  await field.press("Control+z");
  await expect(listOf(page).getByRole("listitem")).toHaveCount(5);
  await page.getByRole("button", { name: "다시 실행" }).click();
  await expect(listOf(page).getByRole("listitem")).toHaveCount(4);

  // Several at once, by the mouse and its menu.
  await rowOf(page, "단풍이").click();
  await rowOf(page, "이제 돌아갈게요").click({ modifiers: ["Shift"] });
  await rowOf(page, "바람이").click({ button: "right" });
  await page.getByRole("menuitem", { name: "자막 삭제" }).click();
  await expect(listOf(page).getByRole("listitem")).toHaveCount(1);
  await track.poll().toEqual([texts[0]]);
  await page.keyboard.press("Control+z");
  await track.poll().toEqual(texts);

  await rowOf(page, "바람이").click();
  await page.getByRole("button", { name: "뒤에 자막 추가" }).click();
  await expect(field).toHaveValue("");
  await field.fill("새 자막");
  await field.press("Escape");
  await expect(listOf(page)).not.toContainText("새 자막");
  await page.keyboard.press("Control+z");
  await track.poll().toEqual([...texts.slice(0, 3), "새 자막", ...texts.slice(3)]);

  // What comes back has the focus again.
  await rowOf(page, "단풍이").click();
  await page.keyboard.press("Delete");
  await expect(listOf(page).getByRole("listitem")).toHaveCount(4);
  await expect(rowOf(page, "바람이")).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(rowOf(page, "단풍이")).toBeFocused();
  await saved(page);
});

test("times are typed, moved and shifted", async ({ page, url }) => {
  const { session, trackId } = await openEditor(page, url);
  const startOf = (at: number) => async () => (await cuesOf(session, trackId))[at]?.startMs;
  await rowOf(page, "단풍이").click();
  const details = page.getByRole("complementary", { name: "세부 정보" });
  const start = details.getByRole("textbox", { name: "시작" });
  await start.fill("내일");
  await expect(details.getByText("1:02.5처럼 적어 주세요.")).toBeVisible();
  await start.fill("5,25");
  await start.press("Enter");
  await expect(start).toHaveValue("0:05.250");
  await expect.poll(startOf(1)).toBe(5_250);
  await start.press("ArrowUp");
  await start.press("ArrowUp");
  await expect.poll(startOf(1)).toBe(5_450);
  await start.fill("9");
  await start.press("Enter");
  await expect(page.getByText("끝은 시작보다 뒤여야 해요.")).toBeVisible();
  await start.press("Escape");

  // Both presses of the arrow are one step to undo.
  await rowOf(page, "단풍이").focus();
  await page.keyboard.press("Control+z");
  await expect.poll(startOf(1)).toBe(5_250);

  await page.keyboard.press("t");
  const dialog = page.getByRole("dialog", { name: "시간 밀기" });
  await dialog.getByLabel("옮길 시간").fill("0.5");
  await dialog.getByRole("button", { name: "밀기", exact: true }).click();
  await expect.poll(startOf(3)).toBe(13_500);
  expect(await startOf(0)()).toBe(1_000);

  // Farther than there is room it doesn't go at all.
  await page.keyboard.press("t");
  await expect(dialog.getByLabel("옮길 시간")).toBeFocused();
  await dialog.getByRole("radio", { name: "앞당기기" }).check();
  await dialog.getByLabel("옮길 시간").fill("6");
  await dialog.getByLabel("옮길 시간").press("Enter");
  await expect(dialog.getByText("앞으로는 5.75초까지만 당길 수 있어요.")).toBeVisible();
  expect(await startOf(1)()).toBe(5_750);
  await dialog.getByLabel("옮길 시간").fill("5.75");
  await dialog.getByLabel("옮길 시간").press("Enter");
  await expect.poll(startOf(3)).toBe(7_750);
});

test("words are found and replaced, and a key is given to another command", async ({
  page,
  url,
}) => {
  const { session, trackId } = await openEditor(page, url);
  await rowOf(page, "오늘은").click();
  await page.keyboard.press("Control+h");
  const find = page.getByRole("search", { name: "찾아 바꾸기" });
  await find.getByLabel("찾을 말").fill("요$");
  await expect(find.getByText("찾은 곳이 없어요.")).toBeVisible();
  await find.getByRole("button", { name: "정규식" }).click();
  await expect(find.getByText("4곳", { exact: true })).toBeVisible();
  await find.getByLabel("바꿀 말").fill("습니다");
  await find.getByRole("checkbox").nth(1).uncheck();
  await find.getByRole("button", { name: "3곳 모두 바꾸기" }).click();
  const replaced = texts.map((text, i) => (i === 1 ? text : text.replace(/요$/, "습니다")));
  await stored(session, trackId).poll().toEqual(replaced);
  // The field has the focus and an undo of its own: the message takes the replacing back.
  await page.getByRole("button", { name: "되돌리기" }).click();
  await stored(session, trackId).poll().toEqual(texts);
  await find.getByRole("button", { name: "3곳 모두 바꾸기" }).click();
  await stored(session, trackId).poll().toEqual(replaced);
  await find.getByLabel("찾을 말").press("Escape");
  await expect(find).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await stored(session, trackId).poll().toEqual(texts);

  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "단축키" });
  await expect(sheet.getByRole("searchbox", { name: "이름이나 키로 찾기" })).toBeFocused();
  await sheet.getByRole("searchbox", { name: "이름이나 키로 찾기" }).fill("복제");
  await sheet.getByRole("button", { name: "자막 복제 키 바꾸기" }).click();
  await page.keyboard.press("Control+w");
  await expect(sheet.getByText("브라우저나 시스템이 쓰는 키예요.")).toBeVisible();
  await page.keyboard.press("F4");
  await expect(sheet.getByText("F4")).toBeVisible();
  await expect(sheet.getByRole("button", { name: "자막 복제 키 바꾸기" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.reload();
  // Opened again at the cue where it was left, whose row a click opens for writing.
  await rowOf(page, "이제 돌아갈게요").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("F4");
  await expect(listOf(page).getByRole("listitem")).toHaveCount(5);
});
