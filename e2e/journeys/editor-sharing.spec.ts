import { expect } from "@playwright/test";
import { logInPage, mailTo, makeAccount } from "../fixtures/account";
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

test("an editor is invited by mail, both see each other and edit, and the owner ends it", async ({
  page,
  openBrowser,
  url,
}) => {
  const { session, trackId, path } = await openEditor(page, url);
  const friend = await makeAccount(url);
  await page.getByRole("button", { name: "공유", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "공유" });
  await dialog.getByLabel("이메일").fill(friend.email);
  const invite = dialog.locator("form").filter({ hasText: "초대하기" });
  await invite.getByRole("combobox", { name: "할 수 있는 일" }).click();
  await page.getByRole("option", { name: /^고칠 수 있음/ }).click();
  await dialog.getByRole("button", { name: "초대하기" }).click();
  await expect(page.getByText(`${friend.email} 주소로 초대를 보냈어요.`)).toBeVisible();
  await page.keyboard.press("Escape");

  const other = await openBrowser();
  await logInPage(other, friend);
  const { text } = await mailTo(url, friend.email, "video-shared");
  const link = /https?:\S+\/videos\/\S+/.exec(text)?.[0] ?? "";
  expect(new URL(link).pathname).toBe(new URL(path, url).pathname);
  await other.goto(link);
  await expect(listOf(other).getByRole("listitem")).toHaveCount(4);

  // Each sees that the other is there, and where they write.
  await expect(page.getByRole("list", { name: "지금 열어 둔 사람" })).toBeVisible();
  const field = await write(other, "단풍이 예뻐요");
  await expect(listOf(page).getByText("시험 님이 쓰고 있어요")).toBeAttached();
  await field.fill("단풍이 함께 예뻐요");
  await field.press("Enter");
  await other.keyboard.press("Escape");
  await expect(rowOf(page, "단풍이 함께 예뻐요")).toBeVisible();
  const own = await write(page, "바람이 조금 차네요");
  await own.fill("바람이 차요");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(fieldOf(page)).toHaveCount(0);
  await saved(page);
  await expect(rowOf(other, "바람이 차요")).toBeVisible();
  // Undo takes back one's own and leaves the other's.
  await page.keyboard.press("Control+z");
  await expectStored(session, trackId, [
    ...[texts[0] ?? "", "단풍이 함께 예뻐요", texts[2] ?? "", texts[3] ?? ""],
  ]);
  await expect(rowOf(other, "바람이 조금 차네요")).toBeVisible();

  await page.getByRole("button", { name: "공유", exact: true }).click();
  await dialog.getByRole("button", { name: /내보내기$/ }).click();
  const sure = page.getByRole("alertdialog");
  if (await sure.isVisible()) await sure.getByRole("button").last().click();
  await other.reload();
  await expect(listOf(other)).toHaveCount(0);
  await expect(other.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a link shows the video to anybody, without an account, until it is revoked", async ({
  page,
  openBrowser,
  url,
}) => {
  await openEditor(page, url, { name: "함께 보기.mp4" });
  await page.getByRole("button", { name: "공유", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "공유" });
  await dialog.getByRole("button", { name: "링크 만들기" }).click();
  await dialog.getByLabel("이름", { exact: true }).fill("감수자");
  await dialog.getByRole("button", { name: "만들기", exact: true }).click();
  const address = await dialog.getByLabel("링크 주소").inputValue();
  expect(address).toMatch(/\/shared\/[\w-]{20,}$/);

  const visitor = await openBrowser();
  await visitor.goto(address);
  const list = visitor.getByRole("list", { name: "자막 목록" });
  await expect(list.getByText("단풍이 예뻐요")).toBeVisible();
  await expect(visitor.getByText("보기 전용")).toBeVisible();
  await expect(visitor.getByRole("textbox")).toHaveCount(0);

  await dialog.getByRole("button", { name: /감수자 끊기$/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "링크 끊기" }).click();
  await visitor.reload();
  await expect(visitor.getByText("이 링크로는 볼 수 없어요")).toBeVisible();
});
