import { expect } from "@playwright/test";
import type { Cue } from "@/lib/subtitles/model";
import { test } from "../fixtures/browsers";
import { openEditor, rowOf, trackOf, write } from "../fixtures/editor";

/** Three that are too short, one that is too wide, one that is well. */
const cues: Cue[] = [
  { id: "a", startMs: 1_000, endMs: 1_300, text: "짧아요" },
  { id: "b", startMs: 5_000, endMs: 8_000, text: "아무 문제도 없어요" },
  { id: "c", startMs: 9_000, endMs: 9_300, text: "이것도요" },
  {
    id: "d",
    startMs: 13_000,
    endMs: 17_000,
    text: "한 줄에 담기에는 너무나도 긴 글이 여기에 있어요",
  },
  { id: "e", startMs: 20_000, endMs: 20_300, text: "또요" },
];

test("findings are gone through by key: fixed, all of a kind, left with a reason", async ({
  page,
  url,
}) => {
  const { session, trackId } = await openEditor(page, url, { cues });
  await rowOf(page, "아무 문제도 없어요").click();
  await page.keyboard.press("F8");
  const panel = page.getByRole("tabpanel", { name: "점검" });
  const current = panel.getByRole("region", { name: "지금 보는 항목" });
  await expect(current).toBeVisible();
  const left = panel.getByText(/\d+개 중 \d+개 남음/);
  const count = async () => Number(/중 (\d+)개/.exec((await left.textContent()) ?? "")?.[1]);
  const before = await count();
  expect(before).toBeGreaterThanOrEqual(4);

  const first = await current.textContent();
  await page.keyboard.press("F8");
  await expect.poll(() => current.textContent()).not.toBe(first);
  await page.keyboard.press("Shift+F8");
  await expect.poll(() => current.textContent()).toBe(first);

  await page.keyboard.press("x");
  await expect.poll(count).toBeLessThan(before);
  await page.keyboard.press("Control+z");
  await expect.poll(count).toBe(before);

  await page.keyboard.press("i");
  await panel.getByText("일부러 이렇게 했어요").click();
  await panel.getByRole("button", { name: "두고 다음" }).click();
  await expect.poll(count).toBeLessThan(before);
  await page.reload();
  await expect(rowOf(page, "짧아요")).toBeVisible();
  await page.getByRole("tab", { name: "점검" }).click();
  await expect(panel.getByText(/^그대로 둔 1개/)).toBeVisible();

  const { cues: kept } = await trackOf(session, trackId);
  expect(kept).toHaveLength(5);
});

test("all of a kind are repaired at once, seen before and taken back in one step", async ({
  page,
  url,
}) => {
  const { session, trackId } = await openEditor(page, url, { cues });
  await rowOf(page, "짧아요").click();
  await page.getByRole("tab", { name: "점검" }).click();
  const panel = page.getByRole("tabpanel", { name: "점검" });
  await panel.getByRole("combobox", { name: "종류" }).click();
  await page.getByRole("option", { name: /너무 짧은 자막 · 3$/ }).click();
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await page.keyboard.press("F8");
  const current = panel.getByRole("region", { name: "지금 보는 항목" });
  await expect(current).toBeVisible();
  await page.keyboard.press("Shift+X");
  const dialog = page.getByRole("dialog", { name: "한 번에 고치기" });
  await dialog.getByRole("button", { name: "3개 고치기" }).click();
  const lengths = async () =>
    (await trackOf(session, trackId)).cues.map(({ startMs, endMs }) => endMs - startMs);
  await expect.poll(async () => Math.min(...(await lengths()))).toBeGreaterThan(300);
  await page.keyboard.press("Control+z");
  await expect.poll(lengths).toEqual(cues.map(({ startMs, endMs }) => endMs - startMs));
});

test("reading speed and width are told while a text is written", async ({ page, url }) => {
  await openEditor(page, url, { cues });
  const field = await write(page, "아무 문제도 없어요");
  const meter = page.locator(`[id="${await field.getAttribute("aria-describedby")}"]`);
  await expect(meter).toContainText(/한 줄 9\/\d+자/);
  await expect(meter.getByText("기준을 넘었어요")).toHaveCount(0);
  await page.keyboard.type(
    " 하지만 여기에 계속 쓰면 한 줄에 담기지 않고 읽을 시간도 아주 많이 모자라요",
  );
  await expect(meter.getByText("기준을 넘었어요")).toHaveCount(2);
  await expect(meter).toContainText(/초당 1\d/);
});
