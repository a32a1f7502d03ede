import { expect, type Page } from "@playwright/test";
import { browserCookie, logInPage, makeAccount, type TestAccount } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import {
  expectStored,
  fieldOf,
  listOf,
  makeTrack,
  openEditor,
  rowOf,
  saved,
  trackOf,
  walk,
  write,
} from "../fixtures/editor";

const texts = walk.map(({ text }) => text);
const textsWith = (...changes: [number, string][]) =>
  texts.map((own, i) => changes.find(([at]) => at === i)?.[1] ?? own);

/** Writes over a cue's text and leaves the field. */
async function replaceText(page: Page, from: string, to: string): Promise<void> {
  const field = await write(page, from);
  await field.fill(to);
  await field.press("Enter");
  await expect(rowOf(page, to)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(fieldOf(page)).toHaveCount(0);
}

/** Has edits sent that waited for somebody to be logged in. */
async function sendAgain(page: Page): Promise<void> {
  await page.getByRole("status").getByRole("button", { name: "다시 시도" }).click();
  await saved(page);
}

/** Has the browser hold another account's log-in; the one before it goes on elsewhere. */
async function become(page: Page, url: string, account: TestAccount): Promise<void> {
  const held = (await browserCookie(url, account)).split("; ");
  const cookies = held.map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
  await page.context().addCookies(cookies);
}

const waiting = (page: Page, count: number) =>
  expect(page.getByText(`오프라인 · ${count}개 대기`)).toBeVisible({ timeout: 20_000 });

test("a cut network: the count is shown, and all of it arrives when it is back", async ({
  page,
  url,
}) => {
  const { session, trackId } = await openEditor(page, url);
  await page.context().setOffline(true);
  await replaceText(page, "단풍이 예뻐요", "단풍이 아주 예뻐요");
  await replaceText(page, "바람이 조금 차네요", "바람이 차요");
  await waiting(page, 2);
  // Undo works without the server, too.
  await page.keyboard.press("Control+z");
  await expect(rowOf(page, "바람이 조금 차네요")).toBeVisible();
  expect((await trackOf(session, trackId)).cues.map(({ text }) => text)).toEqual(texts);
  await page.context().setOffline(false);
  await saved(page);
  await expectStored(session, trackId, textsWith([1, "단풍이 아주 예뻐요"]));
});

test("a crashed tab: what was waiting is there on coming back, and is sent", async ({
  page,
  url,
}) => {
  const { session, trackId, path } = await openEditor(page, url);
  // A context with a crashed page can't be taken back online as a whole.
  let cut = true;
  await page
    .context()
    .route("**/api/v1/tracks/*/operations", (route) => (cut ? route.abort() : route.continue()));
  await replaceText(page, "단풍이 예뻐요", "끊긴 사이에 쓴 글");
  await waiting(page, 1);
  const crashed = page.waitForEvent("crash");
  const renderer = await page.context().newCDPSession(page);
  renderer.send("Page.crash").catch(() => {});
  await crashed;
  expect((await trackOf(session, trackId)).cues[1]?.text).toBe("단풍이 예뻐요");
  cut = false;
  const again = await page.context().newPage();
  await again.goto(path);
  await expect(rowOf(again, "끊긴 사이에 쓴 글")).toBeVisible();
  await saved(again);
  await expectStored(session, trackId, textsWith([1, "끊긴 사이에 쓴 글"]));
});

test("a reload in the middle of a word keeps the word", async ({ page, url }) => {
  const { session, trackId } = await openEditor(page, url);
  const field = await write(page, "단풍이 예뻐요");
  await field.press("End");
  await page.keyboard.type(" 참");
  await page.reload();
  await expect(rowOf(page, "단풍이 예뻐요 참")).toBeVisible();
  await expectStored(session, trackId, textsWith([1, "단풍이 예뻐요 참"]));
  // It opens where the person was.
  await expect(listOf(page).getByText("선택됨")).toHaveCount(1);
});

test("a session that has ended: edits wait for the log-in and are stored after it", async ({
  page,
  url,
}) => {
  const { session, trackId } = await openEditor(page, url);
  await page.context().clearCookies();
  await replaceText(page, "단풍이 예뻐요", "로그인이 끝난 뒤에");
  await expect(page.getByText("로그인하면 저장해요 · 1개 대기")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("link", { name: "새 탭에서 로그인" })).toBeVisible();
  await logInPage(page, session);
  await sendAgain(page);
  await expectStored(session, trackId, textsWith([1, "로그인이 끝난 뒤에"]));
});

test("another account in the same browser sends nobody else's edits", async ({ page, url }) => {
  const { session, trackId } = await openEditor(page, url);
  await become(page, url, await makeAccount(url));
  await replaceText(page, "단풍이 예뻐요", "내가 쓴 글");
  await expect(page.getByText("다른 계정으로 로그인했어요 · 1개는")).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.getByRole("button", { name: "내 편집을 파일로" })).toBeVisible();
  await expectStored(session, trackId, texts);
  await become(page, url, session);
  await sendAgain(page);
  await expectStored(session, trackId, textsWith([1, "내가 쓴 글"]));
});

test("a server that has had enough says when, and gets the edit then", async ({ page, url }) => {
  const { session, trackId } = await openEditor(page, url);
  const edits = `**/api/v1/tracks/${trackId}/operations`;
  await page.route(edits, (route) =>
    route.fulfill({
      ...{ status: 429, contentType: "application/problem+json" },
      headers: { "retry-after": "600" },
      body: JSON.stringify({ type: "about:blank", status: 429, code: "rate_limited" }),
    }),
  );
  await replaceText(page, "단풍이 예뻐요", "곧 저장될 글");
  await expect(page.getByRole("status").getByText(/저장하지 못했어요.*10분/)).toBeVisible();
  await page.unroute(edits);
  await page.getByRole("status").getByRole("button", { name: "지금 저장" }).click();
  await saved(page);
  await expectStored(session, trackId, textsWith([1, "곧 저장될 글"]));
});

test("undo and redo reach back over a reload, step by step", async ({ page, url }) => {
  const { session, trackId, path } = await openEditor(page, url);
  await replaceText(page, "단풍이 예뻐요", "하나");
  await replaceText(page, "바람이 조금 차네요", "둘");
  await saved(page);
  await page.goto(path);
  await rowOf(page, "하나").click();
  await page.keyboard.press("Control+z");
  await expect(rowOf(page, "바람이 조금 차네요")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(rowOf(page, "단풍이 예뻐요")).toBeVisible();
  await saved(page);
  await expectStored(session, trackId, texts);
  await page.reload();
  await rowOf(page, "단풍이 예뻐요").click();
  await page.keyboard.press("Control+Shift+z");
  await page.keyboard.press("Control+y");
  await saved(page);
  await expectStored(session, trackId, textsWith([1, "하나"], [2, "둘"]));
});

test.describe("two browsers at one track", () => {
  const both = async (page: Page, openBrowser: () => Promise<Page>, url: string) => {
    const made = await makeTrack(url);
    const other = await openBrowser();
    for (const one of [page, other]) {
      await logInPage(one, made.session);
      await one.goto(made.path);
      await expect(listOf(one).getByRole("listitem")).toHaveCount(4, { timeout: 40_000 });
    }
    return { ...made, other };
  };

  test("see each other's edits, and different cues and properties merge", async ({
    page,
    openBrowser,
    url,
  }) => {
    const { session, trackId, other } = await both(page, openBrowser, url);
    await replaceText(other, "이제 돌아갈게요", "옆 창에서");
    await expect(rowOf(page, "옆 창에서")).toBeVisible();
    // Apart from each other: one the text, the other the times of the same cue, and another cue.
    await page.context().setOffline(true);
    await replaceText(page, "단풍이 예뻐요", "끊긴 창에서");
    await rowOf(other, "단풍이 예뻐요").click();
    await other.keyboard.press("Shift+S");
    await replaceText(other, "바람이 조금 차네요", "열린 창에서");
    await saved(other);
    await page.context().setOffline(false);
    await saved(page);
    const merged = [texts[0] ?? "", "끊긴 창에서", "열린 창에서", "옆 창에서"];
    await expectStored(session, trackId, merged);
    for (const one of [page, other]) {
      for (const text of merged) await expect(rowOf(one, text)).toBeVisible();
      await expect(one.getByRole("dialog")).toHaveCount(0);
    }
    expect((await trackOf(session, trackId)).cues[1]?.startMs).toBeGreaterThan(
      walk[1]?.startMs ?? 0,
    );
    // Each takes back only its own.
    await page.keyboard.press("Control+z");
    await expectStored(session, trackId, [
      "오늘은 산책을 나왔어요",
      texts[1] ?? "",
      ...merged.slice(2),
    ]);
  });

  test("the same text written by both: both are shown, and the person chooses", async ({
    page,
    openBrowser,
    url,
  }) => {
    const { session, trackId, other } = await both(page, openBrowser, url);
    for (const choice of ["mine", "theirs"] as const) {
      const before = (await trackOf(session, trackId)).cues[1]?.text ?? "";
      const [mine, theirs] = [`내가 쓴 글 ${choice}`, `남이 쓴 글 ${choice}`];
      await page.context().setOffline(true);
      await replaceText(page, before, mine);
      await replaceText(other, before, theirs);
      await saved(other);
      await page.context().setOffline(false);
      const dialog = page.getByRole("dialog", { name: "같은 곳을 다른 사람도 고쳤어요" });
      await expect(dialog).toBeVisible({ timeout: 20_000 });
      await expect(dialog.getByText(mine)).toBeVisible();
      await expect(dialog.getByText(theirs)).toBeVisible();
      // Nothing is lost while nobody has chosen.
      expect((await trackOf(session, trackId)).cues[1]?.text).toBe(theirs);
      await dialog
        .getByRole("button", { name: choice === "mine" ? "내 것으로" : "다른 것으로" })
        .click();
      await saved(page);
      const kept = choice === "mine" ? mine : theirs;
      await expectStored(session, trackId, textsWith([1, kept]));
      for (const one of [page, other]) await expect(rowOf(one, kept)).toBeVisible();
    }
  });

  test("a cue deleted under an edit can be put in again with the edit", async ({
    page,
    openBrowser,
    url,
  }) => {
    const { session, trackId, other } = await both(page, openBrowser, url);
    await page.context().setOffline(true);
    await replaceText(page, "단풍이 예뻐요", "지워지면 안 되는 글");
    await rowOf(other, "단풍이 예뻐요").click();
    await other.keyboard.press("Delete");
    await expect(listOf(other).getByRole("listitem")).toHaveCount(3);
    await saved(other);
    await page.context().setOffline(false);
    const dialog = page.getByRole("dialog", { name: "고친 자막이 지워졌어요" });
    await expect(dialog.getByText("지워지면 안 되는 글")).toBeVisible({ timeout: 20_000 });
    await dialog.getByRole("button", { name: "다시 넣기" }).click();
    await saved(page);
    await expectStored(session, trackId, textsWith([1, "지워지면 안 되는 글"]));
    await expect(rowOf(other, "지워지면 안 되는 글")).toBeVisible();
  });
});
