import { expect } from "@playwright/test";
import { test } from "../fixtures/browsers";
import {
  expectStored,
  fieldOf,
  listOf,
  openEditor,
  rowOf,
  saved,
  walk,
  write,
} from "../fixtures/editor";

const texts = walk.map(({ text }) => text);

test("a version is named, compared word by word, brought back, and that is taken back", async ({
  page,
  url,
}) => {
  const { session, trackId } = await openEditor(page, url);
  await page.getByRole("tab", { name: "버전" }).click();
  await page.getByRole("button", { name: /지금을 버전으로 남기기/ }).click();
  const naming = page.getByRole("dialog", { name: "지금을 버전으로 남기기" });
  await naming.getByLabel("이름").fill("1차 감수 끝");
  await naming.getByRole("button", { name: "남기기" }).click();
  const versions = page.getByRole("list", { name: "버전" });
  const named = versions.getByRole("listitem").filter({ hasText: "1차 감수 끝" });
  await expect(named).toBeVisible();

  // One text, one time, one cue gone.
  const field = await write(page, "단풍이 예뻐요");
  await field.fill("단풍이 정말 예뻐요");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(fieldOf(page)).toHaveCount(0);
  // Enter has chosen the next one.
  await page.keyboard.press("Shift+S");
  await rowOf(page, "이제 돌아갈게요").click();
  await page.keyboard.press("Delete");
  await expect(listOf(page).getByRole("listitem")).toHaveCount(3);
  await saved(page);
  const edited = ["오늘은 산책을 나왔어요", "단풍이 정말 예뻐요", "바람이 조금 차네요"];
  await expectStored(session, trackId, edited);

  await named.getByRole("button", { name: /견주기$/ }).click();
  const compare = page.getByRole("dialog", { name: "버전 견주기" });
  await expect(compare.getByText("더함 0 · 뺌 1 · 글 1 · 시간 1")).toBeVisible();
  await expect(compare.locator("ins").filter({ hasText: "정말" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(compare).toHaveCount(0);

  await named.getByRole("button", { name: /메뉴$/ }).click();
  await page.getByRole("menuitem", { name: "되살리기" }).click();
  const restore = page.getByRole("dialog", { name: /되살리기$/ });
  await restore.getByRole("button", { name: "되살리기" }).click();
  await expect(restore).toHaveCount(0);
  await expect(listOf(page).getByRole("listitem")).toHaveCount(4);
  await expectStored(session, trackId, texts);
  // What was before is a version by itself.
  await expect(versions.getByText("바뀌기 전에 남겨 둠")).toBeVisible();
  await page.getByRole("button", { name: "되돌리기" }).click();
  await expectStored(session, trackId, edited);
  await expect(rowOf(page, "단풍이 정말 예뻐요")).toBeVisible();
});

test("a note is left on a cue and resolved; a track is sent to review, approved and reopened", async ({
  page,
  url,
}) => {
  await openEditor(page, url);
  await rowOf(page, "바람이 조금 차네요").click();
  await page.keyboard.press("n");
  const note = page.getByRole("textbox", { name: "메모" });
  await expect(note).toBeFocused();
  await note.fill("‘쌀쌀하네요’가 나을까요?");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("메모를 남겼어요.")).toBeVisible();
  const mark = listOf(page).getByRole("button", { name: "열린 메모 1개" });
  await expect(mark).toBeVisible();
  const panel = page.getByRole("tabpanel", { name: "메모" });
  await expect(panel.getByText("‘쌀쌀하네요’가 나을까요?")).toBeVisible();
  await panel.getByRole("button", { name: "해결", exact: true }).click();
  await expect(mark).toHaveCount(0);

  const review = page.getByRole("button", { name: "진행 상태" });
  await review.click();
  await page.getByRole("menuitem", { name: "검토 요청" }).click();
  await expect(review).toContainText("검토 중");
  await review.click();
  await page.getByRole("menuitem", { name: "승인" }).click();
  await expect(page.getByText("승인된 자막이에요")).toBeVisible();
  await page.reload();
  await expect(page.getByText("승인된 자막이에요")).toBeVisible();
  await page.getByRole("button", { name: "고치기", exact: true }).first().click();
  await expect(review).toContainText("작성 중");
  const field = await write(page, "단풍이 예뻐요");
  await field.press("End");
  await page.keyboard.type("!");
  await page.keyboard.press("Enter");
  await saved(page);
});
