import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { readTermList } from "@/lib/glossary/csv";
import { signInPage } from "../fixtures/account";
import { hydrated, test } from "../fixtures/browsers";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
/** Of the page's own list: notices are items of a list, too. */
const row = (page: Page, term: string) =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: term });

const list = [
  "용어,언어,잘못 들린 말,영어",
  "쿠버네티스,ko,쿠버 네티스|큐버네티스,Kubernetes",
  '"<b>굵은</b> 이름",,,Bold',
  "수아,클링온,,",
  ",ko,빈 줄,",
].join("\n");

test("terms come as a list, are changed, found, deleted and taken back", async ({ page, url }) => {
  await signInPage(page, url);
  await page.goto("/settings/glossary");
  await expect(page.getByText("아직 용어가 없어요")).toBeVisible();

  await (await hydrated(button(page, "가져오기").last())).click();
  const dialog = page.getByRole("dialog", { name: "용어 가져오기" });
  await dialog.getByLabel("목록").fill(list);
  await expect(dialog.getByText("새로 더함 2")).toBeVisible();
  await expect(dialog.getByText("4번째 줄 모르는 언어예요: ‘클링온’")).toBeVisible();
  await expect(dialog.getByText("5번째 줄 용어가 비어 있어요.")).toBeVisible();
  await button(page, "2개 가져오기").click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("2 / 2,000개")).toBeVisible();
  // Markup in a list is text.
  await expect(page.getByText("<b>굵은</b> 이름")).toBeVisible();

  await button(page, "쿠버네티스 고치기").click();
  await page.getByLabel("잘못 들리는 말").fill("큐버네티스");
  await page.getByRole("combobox", { name: "번역을 정할 언어" }).fill("일본");
  await page.keyboard.press("Enter");
  await page.getByLabel("일본어로는").fill("クバネティス");
  // Escape closes the list of languages at most; what is written stays.
  await button(page, "저장").click();
  await expect(row(page, "쿠버네티스")).toContainText("일본어 クバネティス");

  await button(page, "용어 더하기").click();
  await page.getByLabel("바르게 쓴 이름이나 용어").fill("쿠버네티스");
  await page.getByRole("combobox", { name: "말하는 언어" }).click();
  await page.getByRole("option", { name: "한국어", exact: true }).click();
  await button(page, "저장").click();
  await expect(page.getByText("같은 언어에 같은 용어가 이미 있어요.")).toBeVisible();
  await page.getByLabel("바르게 쓴 이름이나 용어").press("Escape");
  await expect(page.getByLabel("바르게 쓴 이름이나 용어")).toBeHidden();

  await page.getByLabel("용어 찾기").fill("クバ");
  await expect(page.getByText("1개 찾음")).toBeVisible();
  await button(page, "쿠버네티스 지우기").click();
  await expect(page.getByText("찾는 용어가 없어요")).toBeVisible();
  await button(page, "되돌리기").click();
  await expect(row(page, "쿠버네티스")).toBeVisible();

  await page.reload();
  const download = page.waitForEvent("download");
  await (await hydrated(button(page, "내보내기"))).click();
  const file = await readFile(await (await download).path(), "utf8");
  const read = readTermList(file);
  expect(read.problems).toEqual([]);
  expect(read.terms).toContainEqual({
    term: "쿠버네티스",
    language: "ko",
    misheard: ["큐버네티스"],
    translations: { en: "Kubernetes", ja: "クバネティス" },
  });
});

test("own rules begin with others, show what they do, and are offered", async ({ page, url }) => {
  await signInPage(page, url);
  await page.goto("/settings/profiles");
  await expect(page.getByText("아직 내 규칙이 없어요")).toBeVisible();
  await (await hydrated(button(page, "세로 영상 (쇼츠) 규칙으로 시작"))).click();
  const form = page.locator("form", { has: page.getByLabel("이름") });
  await form.getByLabel("이름").fill("강의실 2");
  const example = form.getByRole("region", { name: "이 규칙으로 나눈 모습" });
  await form.getByLabel("한 줄에 최대").fill("40");
  await expect(example.getByRole("status")).toContainText("1줄");
  await form.getByLabel("한 줄에 최대").fill("16");
  await expect(example.getByRole("status")).toContainText("2줄");
  await form.getByLabel("한 줄에 최대").fill("3");
  await expect(form.getByText("6에서 100 사이로 적어 주세요.")).toBeVisible();
  await expect(form.getByRole("button", { name: "저장" })).toBeDisabled();
  await form.getByLabel("한 줄에 최대").fill("16");
  await form.getByRole("button", { name: "저장" }).click();
  await expect(row(page, "강의실 2").first()).toContainText("한 줄 16자 · 2줄 · 초당 12.5자");

  await page.goto("/upload");
  await (await hydrated(button(page, "모든 파일의 옵션 바꾸기"))).click();
  await button(page, /^옵션$/).click();
  const stored = page.waitForResponse(
    (answer) => answer.url().endsWith("/me/job-options") && answer.request().method() === "PUT",
  );
  await page.getByRole("combobox", { name: "자막 규칙" }).click();
  await page.getByRole("option", { name: "강의실 2" }).click();
  await expect(page.getByText("옵션 1개")).toBeVisible();
  // Kept for the next visit, and gone with the rules.
  await stored;
  await page.reload();
  await expect(page.getByText("옵션 1개")).toBeVisible();
  await page.goto("/settings/profiles");
  await (await hydrated(button(page, "강의실 2 지우기"))).click();
  await expect(page.getByText("‘강의실 2’ 규칙을 지웠어요.")).toBeVisible();
  await page.goto("/upload");
  await expect(page.getByText("새로 올리는 파일의 자막")).toBeVisible();
  await expect(page.getByText("옵션 1개")).toBeHidden();
});
