import { expect, type Page } from "@playwright/test";
import type { VideoView } from "@/lib/videos/schema";
import { mailTo } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { chooseFile } from "../fixtures/choose-file";
import { balance, buyPackage, expectSoundLedger, shortClip, walletOf } from "../fixtures/credits";
import { claimQuestion, signUpHere, startTrial } from "../fixtures/trial";

test.setTimeout(300_000);

async function videosOf(page: Page): Promise<VideoView[]> {
  return (await (await page.request.get("/api/v1/videos")).json()).videos;
}

/** Uploads a clip, orders its subtitles at the price shown, and waits for them on its job's page. */
async function caption(page: Page, clip: string, left: number): Promise<string> {
  await page.goto("/upload");
  await chooseFile(page, clip);
  const after = page.locator("div", { has: page.getByText("시작 후 남는 크레딧") }).last();
  await expect(after).toContainText(`${left.toLocaleString("ko")}크레딧`);
  await page.getByRole("button", { name: "자막 만들기 · 2크레딧" }).click();
  await page.getByRole("link", { name: "진행 보기" }).click({ timeout: 60_000 });
  await page.waitForURL(/\/jobs\//);
  await expect(page.getByText("자막이 완성됐어요.")).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText("2크레딧을 썼어요.")).toBeVisible();
  return new URL(page.url()).pathname;
}

/** The receipt of a job that went well, with every movement's number in the ledger. */
async function expectReceipt(page: Page, jobPath: string): Promise<void> {
  await page.getByRole("link", { name: "크레딧 명세" }).click();
  await page.waitForURL(`${jobPath}/receipt`);
  await expect(page.getByRole("row", { name: /받아쓰기 .* 썼음 2크레딧/ })).toBeVisible();
  const steps = page.getByRole("listitem").filter({ hasText: /2크레딧/ });
  await expect(steps).toHaveCount(2);
  await expect(steps.first()).toContainText("잡아 둠");
  await expect(steps.last()).toContainText("사용 · 받아쓰기");
  const { receipt } = await (await page.request.get(`/api/v1${jobPath}/receipt`)).json();
  const [attempt] = receipt.attempts;
  for (const { transactionId } of attempt.steps) {
    await expect(page.getByText(transactionId)).toBeVisible();
  }
  await expect(page.getByText(attempt.reservationId)).toBeVisible();
}

/** Gives an unused purchase back whole. */
async function refund(page: Page, orderId: string): Promise<void> {
  await page.goto(`/credits/orders/${orderId}`);
  await page.getByRole("button", { name: "환불하기" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("산 크레딧 1,000, 보너스 50");
  await dialog.getByLabel("환불하는 까닭").fill("더는 쓰지 않아요");
  await dialog.getByRole("button", { name: "11,000원 환불받기" }).click();
  await expect(dialog.getByText("11,000원을 환불했어요")).toBeVisible();
  await dialog.getByRole("button", { name: "닫기" }).last().click();
  await expect(page.getByText("환불 완료").first()).toBeVisible();
}

test("from trying without an account to a refund, and every credit adds up", async ({
  page,
  context,
  url,
}) => {
  await page.goto("/");
  await page.getByRole("link", { name: "가입 없이 해 보기" }).click();
  await expect(page).toHaveURL("/try");
  await startTrial(page);
  await expect(page.getByText("체험 중 · 남은 30크레딧")).toBeVisible();
  const trialJob = await caption(page, await shortClip(0), 28);
  await expect(page.getByText("체험 중 · 남은 28크레딧")).toBeVisible();
  const [tried] = await videosOf(page);

  const { email } = await signUpHere(page, url);
  await expect(claimQuestion(page)).toBeVisible();
  await expect(page.getByText("28크레딧", { exact: true })).toBeVisible();
  await expect(page.getByText(tried?.title ?? "", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "내 계정으로 옮기기" }).click();
  await page.waitForURL("/videos");
  // Sixty at a sign-up, less the thirty that trying had brought; 28 of them are left.
  await expect(balance(page, 58)).toBeVisible();
  await expect(page.getByRole("complementary", { name: "체험 안내" })).toHaveCount(0);
  await page.goto(`/videos/${tried?.id}`);
  await expect(page.getByRole("list", { name: "자막 목록" }).getByRole("listitem")).not.toHaveCount(
    0,
  );
  await page.goto(trialJob);
  await expectReceipt(page, trialJob);

  const other = await context.newPage();
  await other.goto("/jobs");
  await expect(balance(other, 58)).toBeVisible();
  const { orderId } = await buyPackage(page, "standard");
  await expect(balance(page, 1_108)).toBeVisible();
  await expect(balance(other, 1_108)).toBeVisible();
  await expect(
    other.getByRole("listitem").filter({ hasText: "1,050크레딧을 충전했어요" }),
  ).toBeVisible();
  await mailTo(url, email, "top-up-done");

  // Free credits go first, so the purchase stays whole.
  const jobPath = await caption(page, await shortClip(12), 1_106);
  await expectReceipt(page, jobPath);
  await expect(balance(other, 1_106)).toBeVisible();

  await refund(page, orderId);
  await expect(balance(page, 56)).toBeVisible();
  await expect(balance(other, 56)).toBeVisible();
  await mailTo(url, email, "refund-done");
  await page.goto("/notices");
  await expect(page.getByText("11,000원을 환불했어요")).toBeVisible();
  expect(await walletOf(email)).toEqual({ posted: 56, held: 0, bought: 1_050 });
  await expectSoundLedger();
});
