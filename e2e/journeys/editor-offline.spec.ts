import { expect, type Page } from "@playwright/test";
import { test } from "../fixtures/browsers";
import { openEditor, write } from "../fixtures/editor";

/** Answers, once the page has asked for no more code for a while. */
function codeWatch(page: Page): () => Promise<void> {
  let lastAtMs = Date.now();
  page.on("request", (request) => {
    if (request.resourceType() === "script") lastAtMs = Date.now();
  });
  // A page that is never idle asks all the same, every five seconds.
  return () => expect.poll(() => Date.now() - lastAtMs, { timeout: 60_000 }).toBeGreaterThan(6_000);
}

test("a cut network: what hasn't been opened yet opens all the same", async ({ page, url }) => {
  const allCodeHere = codeWatch(page);
  await openEditor(page, url);
  await allCodeHere();
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

test("what couldn't be loaded says so, and comes when the network is back", async ({
  page,
  url,
}) => {
  // The page never comes to load what may be opened later.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await openEditor(page, url);
  await page.context().setOffline(true);
  await page.getByRole("tab", { name: "모양" }).click();
  await page.keyboard.press("?");
  const late = page.getByRole("alert").filter({ hasText: "아직 불러오지 못했어요." });
  await expect(late).toHaveCount(2);
  // Writing goes on.
  await write(page, "단풍이 예뻐요");
  await page.keyboard.press("Escape");
  await page.context().setOffline(false);
  await expect(page.getByRole("dialog", { name: "단축키" })).toBeVisible();
  await expect(late).toHaveCount(0);
  await page.keyboard.press("Escape");
  const panel = page.getByRole("tabpanel", { name: "모양" });
  await expect(panel.getByRole("button").first()).toBeVisible();
});
