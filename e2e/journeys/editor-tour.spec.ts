import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { commandIds } from "@/components/editor/keys/command-table";
import { test } from "../fixtures/browsers";
import { fieldOf, listOf, openEditor, rowOf } from "../fixtures/editor";

const steps = ["자막 목록", "글 고치기", "시간 맞추기", "점검", "저장과 내보내기"];
test("the first visit: five steps by keyboard, once an account, and again when asked", async ({
  page,
  url,
}) => {
  const { path } = await openEditor(page, url, { tour: true });
  for (const [i, name] of steps.entries()) {
    const step = page.getByRole("region", { name, exact: true }).filter({ hasText: `${i + 1}/5` });
    await expect(step).toBeVisible();
    const onward = step.getByRole("button", { name: i === 4 ? "시작하기" : "다음" });
    await expect(onward).toBeFocused();
    if (i === 1) {
      const { violations } = await new AxeBuilder({ page })
        .exclude("[data-base-ui-focus-guard]")
        .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
      await expect(page.getByText("1/5")).toBeVisible();
      await step
        .or(page.getByRole("region", { name: "자막 목록", exact: true }))
        .first()
        .waitFor();
      await page.getByRole("button", { name: "다음", exact: true }).press("Enter");
      await expect(page.getByText("2/5")).toBeVisible();
      await page.getByRole("button", { name: "다음", exact: true }).focus();
    }
    await page.keyboard.press("Enter");
  }
  await expect(page.getByText("5/5")).toHaveCount(0);
  // The focus is where the work begins.
  await expect(rowOf(page, "오늘은 산책을 나왔어요")).toBeFocused();
  await page.goto(path);
  await expect(listOf(page)).toBeVisible();
  await page.waitForTimeout(1_000);
  await expect(page.getByText("1/5")).toHaveCount(0);

  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "단축키" });
  await sheet.getByRole("button", { name: "처음 안내 다시 보기" }).click();
  await expect(sheet).toHaveCount(0);
  await expect(page.getByText("1/5")).toBeVisible();
});

test("it can be skipped, and the editor works beside it", async ({ page, url }) => {
  const { path } = await openEditor(page, url, { tour: true });
  await expect(page.getByText("1/5")).toBeVisible();
  // What it tells is tried out at once: it stays, and the field opens.
  await rowOf(page, "단풍이 예뻐요").dblclick();
  await expect(fieldOf(page)).toBeFocused();
  await expect(page.getByText("1/5")).toBeVisible();
  // Escape in the field is the field's.
  await page.keyboard.press("Escape");
  await expect(fieldOf(page)).toHaveCount(0);
  await expect(page.getByText("1/5")).toBeVisible();
  await page.getByRole("button", { name: "다음", exact: true }).focus();
  await page.keyboard.press("Escape");
  await expect(page.getByText("1/5")).toHaveCount(0);
  await page.goto(path);
  await expect(listOf(page)).toBeVisible();
  await page.waitForTimeout(1_000);
  await expect(page.getByText("1/5")).toHaveCount(0);
});

test("on a phone every step is on the screen", async ({ page, url }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openEditor(page, url, { tour: true });
  for (let i = 1; i <= 5; i += 1) {
    const place = page.getByText(`${i}/5`);
    await expect(place).toBeInViewport({ ratio: 1 });
    const onward = page.getByRole("button", { name: i === 5 ? "시작하기" : "다음", exact: true });
    await expect(onward).toBeInViewport({ ratio: 1 });
    await onward.click();
  }
  await expect(page.getByText("5/5")).toHaveCount(0);
});

test("the help page tells every shortcut and format, and brings the tour back", async ({
  page,
  url,
}) => {
  const { path } = await openEditor(page, url);
  await page.goto("/");
  await page.getByRole("contentinfo").getByRole("link", { name: "도움말" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "도움말" })).toBeVisible();
  const keys = page.getByRole("table").first();
  await expect(keys.locator("th[scope=row]")).toHaveCount(commandIds.length);
  await expect(keys.getByRole("row", { name: /^나누기/ })).toContainText("CtrlEnter");
  await expect(page.getByRole("table").nth(1).getByRole("row", { name: /^SMI/ })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "두 자막이 겹친 곳" })).toBeVisible();
  await page.getByRole("button", { name: "처음 안내 다시 보기" }).click();
  await expect(page.getByText("다음에 자막을 열면 안내가 나와요.")).toBeVisible();
  await page.goto(path);
  await expect(page.getByText("1/5")).toBeVisible();
});
