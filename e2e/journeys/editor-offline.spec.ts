import { expect, type Page } from "@playwright/test";
import { test } from "../fixtures/browsers";
import { openEditor } from "../fixtures/editor";

/** The page has asked for no more code for a while. */
async function allCodeHere(page: Page): Promise<void> {
  const scripts = () =>
    page.evaluate(
      () =>
        performance.getEntriesByType("resource").filter(({ name }) => /\.js$/.test(name)).length,
    );
  let before = -1;
  await expect
    .poll(
      async () => {
        const count = await scripts();
        const still = count === before;
        before = count;
        return still;
      },
      { intervals: [1_500], timeout: 30_000 },
    )
    .toBe(true);
}

test("a cut network: what hasn't been opened yet opens all the same", async ({ page, url }) => {
  await openEditor(page, url);
  await allCodeHere(page);
  await page.context().setOffline(true);
  for (const name of ["모양", "점검", "메모", "버전"]) {
    await page.getByRole("tab", { name }).click();
    const panel = page.getByRole("tabpanel", { name });
    await expect(panel.locator("a, button").first()).toBeVisible();
  }
  const dialogs: [open: string, name: string][] = [
    ["?", "단축키"],
    ["Control+Shift+e", "내보내기"],
  ];
  for (const [keys, name] of dialogs) {
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.getByRole("button", { name: "공유" }).click();
  await expect(page.getByRole("dialog", { name: "공유" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+f");
  await expect(page.getByRole("search", { name: "찾아 바꾸기" })).toBeVisible();
});
