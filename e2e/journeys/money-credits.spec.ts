import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { openSession } from "@/scripts/caption/session";
import { mailKinds, mailTo, signInPage, type TestAccount } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { balance, expectSoundLedger, openWindow, shortClip, walletOf } from "../fixtures/credits";
import { spendAll } from "../fixtures/database";
import { madeVideo, speechVideo } from "../fixtures/media";
import { endPaymentWindow } from "../fixtures/payments";
import { uploadFile, videoWhen } from "../fixtures/uploads";

/** A video of this account that waits for somebody to order subtitles; answers its page. */
async function readyVideo(url: string, account: TestAccount, file: string): Promise<string> {
  const session = await openSession({ url, ...account });
  const { videoId } = await uploadFile(session, file);
  await videoWhen(session, videoId, (video) => video.status === "ready");
  return `/videos/${videoId}`;
}

const make = (page: Page, credits: number) =>
  page.getByRole("button", { name: `자막 만들기 · ${credits}크레딧` });

/** Opens the page of the only job. */
async function openJob(page: Page): Promise<void> {
  await expect
    .poll(async () => (await (await page.request.get("/api/v1/jobs")).json()).jobs.length)
    .toBe(1);
  const { jobs } = await (await page.request.get("/api/v1/jobs")).json();
  await page.goto(`/jobs/${jobs[0].id}`);
}

test("too few credits: what is lacking, the package for it, and back to the video", async ({
  page,
  url,
}) => {
  const account = await signInPage(page, url);
  await spendAll(account.email);
  const video = await readyVideo(url, account, await speechVideo("mp4"));
  await page.goto(video);
  await expect(page.getByText("6크레딧이 모자라요.")).toBeVisible();
  await expect(make(page, 6)).toHaveCount(0);
  await page.getByRole("link", { name: "충전하기" }).click();
  await expect(page.getByText("6크레딧이 모자라요. 알맞은 상품을 골라 뒀어요.")).toBeVisible();
  await expect(page.locator("input[name=package]:checked")).toHaveValue("light");
  await openWindow(page);
  await endPaymentWindow(page);
  await page.getByRole("link", { name: "하던 일 계속하기" }).click();
  await expect(page).toHaveURL(video);
  await make(page, 6).click();

  // Stopped before it was done: all of it comes back, and the receipt says why.
  await openJob(page);
  await expect(page.getByText(/^6크레딧을 잡아 뒀어요/)).toBeVisible();
  await page.getByRole("button", { name: "취소", exact: true }).click();
  await page.getByRole("button", { name: "작업 취소" }).click();
  await expect(page.getByText("취소한 작업이에요.")).toBeVisible();
  await expect(page.getByText("크레딧은 돌려드렸어요 (6크레딧).")).toBeVisible();
  await expect(balance(page, 300)).toBeVisible();
  await page.getByRole("link", { name: "크레딧 명세" }).click();
  await expect(page.getByRole("row", { name: /받아쓰기 .* 돌려줌 6크레딧/ })).toBeVisible();
  await expect(page.getByText("작업을 취소했어요")).toBeVisible();
  expect(await walletOf(account.email)).toEqual({ posted: 300, held: 0, bought: 300 });
});

test("a video without speech costs nothing, and its receipt says so", async ({ page, url }) => {
  const account = await signInPage(page, url);
  const tone = ["-f", "lavfi", "-i", "testsrc=d=3:s=320x240", "-f", "lavfi", "-i", "sine=440:d=3"];
  const file = await madeVideo("tone.mp4", [...tone, "-pix_fmt", "yuv420p"]);
  await page.goto(await readyVideo(url, account, file));
  await make(page, 1).click();
  await openJob(page);
  await expect(page.getByText("크레딧은 돌려드렸어요 (1크레딧).").first()).toBeVisible({
    timeout: 90_000,
  });
  await expect(balance(page, 60)).toBeVisible();
  await page.getByRole("link", { name: "크레딧 명세" }).click();
  await expect(page.getByText("말소리가 없어서 받지 않았어요")).toBeVisible();
  expect(await walletOf(account.email)).toEqual({ posted: 60, held: 0, bought: 0 });
});

test("news when credits run low, more days for a video, and both in the books", async ({
  page,
  url,
}) => {
  const account = await signInPage(page, url);
  const { email } = account;
  await page.goto("/settings");
  const level = page.getByLabel("이보다 적게 남으면 알려 주세요");
  await level.fill("59");
  await page.locator("form", { has: level }).getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("저장했어요")).toBeVisible();

  await page.goto(await readyVideo(url, account, await shortClip(4)));
  await make(page, 2).click();
  const news = page.getByRole("listitem").filter({ hasText: "크레딧이 58개 남았어요" });
  await expect(news).toBeVisible();
  await mailTo(url, email, "credits-low");
  await expect(page.getByRole("list", { name: "자막 목록" })).toBeVisible({ timeout: 90_000 });

  // Two hours after its subtitles are there a file goes, unless somebody pays for more.
  await expect(page.getByText(/^파일 삭제까지 (1시간 5\d분|2시간 0분) 남음$/)).toBeVisible();
  await page.getByRole("button", { name: "더 보관하기" }).click();
  const dialog = page.getByRole("dialog", { name: "얼마나 더 보관할까요?" });
  await expect(dialog.getByText("잔액 58 → 53크레딧")).toBeVisible();
  await dialog.getByRole("button", { name: "5크레딧으로 보관하기" }).dblclick();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("파일 삭제까지 7일 남음")).toBeVisible();
  await expect(balance(page, 53)).toBeVisible();

  await page.goto("/notices");
  await expect(page.getByText("크레딧이 58개 남았어요")).toHaveCount(1);
  expect((await mailKinds(url, email)).filter((kind) => kind === "credits-low")).toHaveLength(1);

  await page.goto("/credits/history?kind=use");
  await expect(page.getByRole("row", { name: /7일 더 보관/ })).toContainText("5");
  await expect(page.getByRole("row", { name: /받아쓰기/ })).toContainText("2");
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV로 받기" }).click();
  const rows = (await readFile(await (await waiting).path(), "utf8")).trim().split("\r\n");
  expect(rows).toHaveLength(3);
  expect(rows[1]).toContain(",사용,-5,53,7일 더 보관,");
  expect(rows[2]).toContain(",사용,-2,58,받아쓰기,");

  await page.goto("/credits/statistics");
  await page.getByRole("radio", { name: "표" }).check({ force: true });
  // Used in all, for recognition, translation, keeping; then what came in.
  const cells = page.getByRole("row").nth(1).getByRole("cell");
  await expect(cells).toHaveText(["7", "2", "0", "5", "60", "0", "0", "0원"]);
  await expectSoundLedger();
});
