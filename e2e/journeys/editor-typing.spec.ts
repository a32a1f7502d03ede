import { expect } from "@playwright/test";
import { test } from "../fixtures/browsers";
import {
  editElsewhere,
  expectStored,
  InputMethod,
  listOf,
  openEditor,
  rowOf,
  saved,
  trackOf,
  walk,
  write,
} from "../fixtures/editor";

const texts = walk.map(({ text }) => text);
const textsWith = (at: number, text: string) => texts.map((own, i) => (i === at ? text : own));

test.describe("a syllable in the making", () => {
  test("is stored once when the field loses the focus", async ({ page, url }) => {
    const { session, trackId } = await openEditor(page, url);
    const field = await write(page, "단풍이 예뻐요");
    await field.press("End");
    const ime = await InputMethod.at(page);
    await ime.compose("ㅎ", "하", "한");
    await rowOf(page, "이제 돌아갈게요").click();
    await expect(field).toHaveCount(0);
    await expectStored(session, trackId, textsWith(1, "단풍이 예뻐요한"));
    await expect(rowOf(page, "단풍이 예뻐요한")).toBeVisible();
  });

  test("outlives what another person does to the same track and the same cue", async ({
    page,
    url,
  }) => {
    const { session, trackId } = await openEditor(page, url);
    const field = await write(page, "단풍이 예뻐요");
    await field.press("End");
    const ime = await InputMethod.at(page);
    await ime.compose("ㄱ", "그");
    // Another cue's text, and this cue's times: neither is what is being written.
    await editElsewhere(session, trackId, { kind: "setText", cueId: "cue-3", text: "안녕히" });
    await editElsewhere(session, trackId, {
      ...{ kind: "setTimes", cueId: "cue-1", startMs: 5_100, endMs: 7_900 },
    });
    await expect(rowOf(page, "안녕히")).toBeVisible();
    await expect(field).toHaveValue("단풍이 예뻐요그");
    await ime.compose("글");
    await ime.commit("글");
    await expect(field).toHaveValue("단풍이 예뻐요글");
    await field.press("Enter");
    await expectStored(session, trackId, [
      ...[texts[0] ?? "", "단풍이 예뻐요글", texts[2] ?? "", "안녕히"],
    ]);
    expect((await trackOf(session, trackId)).cues[1]).toMatchObject({
      ...{ startMs: 5_100, endMs: 7_900 },
    });
  });

  test("isn't torn by undo, and undo goes on after it", async ({ page, url }) => {
    const { session, trackId } = await openEditor(page, url);
    const field = await write(page, "단풍이 예뻐요");
    await field.press("End");
    const ime = await InputMethod.at(page);
    await ime.commit("!");
    await saved(page);
    await expectStored(session, trackId, textsWith(1, "단풍이 예뻐요!"));
    await page.waitForTimeout(1_100);
    await ime.compose("ㅇ", "야", "양");
    await ime.taken("KeyZ");
    await expect(field).toHaveValue("단풍이 예뻐요!양");
    await ime.commit("양");
    await expectStored(session, trackId, textsWith(1, "단풍이 예뻐요!양"));
    await page.keyboard.press("Control+z");
    await expect(field).toHaveValue("단풍이 예뻐요!");
    await page.keyboard.press("Control+z");
    await expect(field).toHaveValue("단풍이 예뻐요");
    await expectStored(session, trackId, texts);
    await page.keyboard.press("Control+Shift+z");
    await expect(field).toHaveValue("단풍이 예뻐요!");
  });

  test("is whole when the cue is split right after it", async ({ page, url }) => {
    const { session, trackId } = await openEditor(page, url);
    const field = await write(page, "단풍이 예뻐요");
    await field.press("End");
    const ime = await InputMethod.at(page);
    await ime.commit(" 그리고");
    await ime.compose("ㄴ", "나", "낙");
    await ime.commit("낙엽");
    for (let i = 0; i < 2; i += 1) await page.keyboard.press("ArrowLeft");
    // Not a moment's rest in between: nothing of it has been stored yet.
    await page.keyboard.press("Control+Enter");
    await expect(listOf(page).getByRole("listitem")).toHaveCount(5);
    await expectStored(session, trackId, [
      ...[texts[0] ?? "", "단풍이 예뻐요 그리고", "낙엽", texts[2] ?? "", texts[3] ?? ""],
    ]);
    const { cues } = await trackOf(session, trackId);
    expect(cues[1]?.id).toBe("cue-1");
    expect(cues[2]?.endMs).toBe(walk[1]?.endMs);
    expect(cues[2]?.startMs).toBeGreaterThanOrEqual(cues[1]?.endMs ?? 0);
  });
});

test("a fast writer's keys all arrive, over many cues", async ({ page, url }) => {
  const { session, trackId } = await openEditor(page, url);
  const field = await write(page, texts[0] ?? "");
  for (const [i, text] of texts.entries()) {
    await expect(field).toHaveValue(text);
    await field.press("End");
    await page.keyboard.type(` ${i} the quick brown fox`, { delay: 0 });
    await page.keyboard.press("Enter");
  }
  await saved(page);
  await expectStored(
    session,
    trackId,
    texts.map((text, i) => `${text} ${i} the quick brown fox`),
  );
});

test("whoever writes on sees the next cue, however far down the list", async ({ page, url }) => {
  const cues = Array.from({ length: 40 }, (_, i) => ({
    ...{ id: `cue-${i}`, startMs: i * 1_000, endMs: i * 1_000 + 900, text: `자막 ${i}` },
  }));
  await openEditor(page, url, { cues, seconds: 45 });
  const field = await write(page, "자막 0");
  for (let i = 0; i < 30; i += 1) {
    await expect(field).toHaveValue(`자막 ${i}`);
    await expect(field).toBeInViewport({ ratio: 1 });
    await expect(rowOf(page, `자막 ${i + 1}`)).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Enter");
  }
});
