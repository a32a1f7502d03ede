import { expect, type Page } from "@playwright/test";
import { mailTo, signInPage } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { balance, buyPackage, expectSoundLedger } from "../fixtures/credits";
import { query } from "../fixtures/database";
import { payments } from "../fixtures/payments";

const title = (page: Page) => page.getByRole("heading", { level: 1, name: "결제 대조" });

test("money given back behind our backs is found, taken over and noted by an operator", async ({
  page,
  url,
  openBrowser,
}) => {
  const owner = await openBrowser({ baseURL: url, locale: "ko-KR" });
  await signInPage(owner, url);
  const { orderId } = await buyPackage(owner, "light");
  // As if Toss's hint were lost: only the comparison can find it.
  await payments().behave({ orderId, drop: true });
  const [payment] = await payments().payments(orderId);
  await payments().cancel(payment?.paymentKey ?? "", { reason: "개발자센터에서 취소" });

  const operator = await signInPage(page, url);
  await page.goto("/admin/findings");
  await expect(title(page)).toHaveCount(0);
  expect((await page.request.get("/api/v1/admin/findings")).status()).toBe(404);
  await query("UPDATE users SET operator = true WHERE email = $1", [operator.email]);
  await page.goto("/admin/findings");
  await expect(title(page)).toBeVisible();
  await page.getByRole("button", { name: "지금 대조하기" }).click();
  await expect(page.getByText(/대조를 마쳤어요/)).toBeVisible({ timeout: 60_000 });

  const row = page.getByRole("row").filter({ hasText: orderId });
  await row.getByRole("button", { name: "밖에서 취소된 결제" }).click();
  const dialog = page.getByRole("dialog", { name: "밖에서 취소된 결제" });
  await dialog.getByRole("button", { name: "다시 대조" }).click();
  await expect(dialog.getByText(/지금은 서로 맞아요/)).toBeVisible();
  await dialog.getByRole("button", { name: "확인 중으로" }).click();
  await expect(dialog.getByText("3자 이상 적어 주세요.").first()).toBeVisible();
  await dialog.getByLabel("무엇을 알아냈거나 했나요?").fill("손님이 전화로 취소를 부탁했어요");
  await dialog.getByRole("button", { name: "확인 중으로" }).click();
  await expect(page.getByText("저장했어요.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: /^확인 중/ }).check({ force: true });
  await expect(row).toBeVisible();
  await mailTo(url, operator.email, "money-finding");

  // Its owner sees the refund, and what was bought with it is gone.
  await owner.goto(`/credits/orders/${orderId}`);
  await expect(owner.getByText("환불 완료").first()).toBeVisible();
  await expect(balance(owner, 60)).toBeVisible();
  await query("UPDATE users SET operator = false WHERE email = $1", [operator.email]);
  await expectSoundLedger();
});
