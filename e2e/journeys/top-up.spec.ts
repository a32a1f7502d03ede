import { expect, type Page } from "@playwright/test";
import { signInPage } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { openWindow, payButton, walletOf } from "../fixtures/credits";
import { query } from "../fixtures/database";
import { endPaymentWindow, payments } from "../fixtures/payments";

/** Credits that orders have brought an account, by the ledger. */
const bought = async (email: string) => (await walletOf(email)).bought;

const chosen = (page: Page) => page.locator("input[name=package]:checked");

test("a double click buys once; the way back, a reload and a refund add up", async ({
  page,
  url,
}) => {
  const { email } = await signInPage(page, url);
  await page.goto("/credits/top-up?need=400&back=/upload");
  await expect(page.getByText("실제 돈이 나가지 않아요").first()).toBeVisible();
  await expect(chosen(page)).toHaveValue("standard");
  const first = await openWindow(page, () => payButton(page).dblclick());
  // Back from the window without paying: the same order goes on.
  await page.goBack();
  await expect(page.getByText("결제창에서 돌아왔어요.")).toBeVisible();
  const second = await openWindow(page);
  expect(second.orderId).toBe(first.orderId);

  await endPaymentWindow(page);
  await expect(page.getByRole("heading", { name: "1,050크레딧을 충전했어요" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "1,050크레딧을 충전했어요" })).toBeVisible();
  await expect(page.getByRole("link", { name: "하던 일 계속하기" })).toHaveAttribute(
    "href",
    "/upload",
  );
  expect(await bought(email)).toBe(1_050);
  expect(
    await query("SELECT 1 FROM top_up_orders WHERE order_id = $1", [first.orderId]),
  ).toHaveLength(1);

  await page.getByRole("link", { name: "결제 내역 보기" }).click();
  await expect(page.getByText("장부 번호")).toBeVisible();
  await expect(page.getByRole("link", { name: /결제 영수증/ })).toHaveAttribute(
    "rel",
    "noopener noreferrer",
  );
  await page.getByRole("button", { name: "환불하기" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("전부 돌려드려요")).toBeVisible();
  await dialog.getByRole("button", { name: "11,000원 환불받기" }).click();
  await expect(dialog.getByText("까닭을 한 마디라도 적어 주세요.")).toBeVisible();
  await dialog.getByLabel("환불하는 까닭").fill("시험");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("11,000원을 환불했어요")).toBeVisible();
  await dialog.getByRole("button", { name: "닫기" }).last().click();
  await expect(page.getByText("환불 완료").first()).toBeVisible();
  await page.getByRole("link", { name: "결제 내역", exact: true }).click();
  await expect(page.getByRole("row", { name: /11,000원 환불/ })).toBeVisible();
});

test("a payment that doesn't come about says why and leads back", async ({ page, url }) => {
  const { email } = await signInPage(page, url);
  await page.goto("/credits/top-up?package=plus");
  await expect(chosen(page)).toHaveValue("plus");
  await openWindow(page);
  await endPaymentWindow(page, "cancel");
  await expect(page.getByRole("heading", { name: "결제를 취소했어요" })).toBeVisible();
  await page.getByRole("link", { name: "다시 결제하기" }).click();
  await expect(chosen(page)).toHaveValue("plus");
  await openWindow(page);
  await endPaymentWindow(page, "refuseCompany");
  await expect(page.getByRole("alert").getByText("카드사에서 결제를 받아들이지")).toBeVisible();
  await page.getByRole("link", { name: "다시 결제하기" }).click();
  await openWindow(page);
  await endPaymentWindow(page, "refuseLater");
  await expect(page.getByRole("heading", { name: "결제하지 못했어요" })).toBeVisible();
  expect(await bought(email)).toBe(0);
  await page.goto("/credits/orders");
  await expect(page.getByRole("row", { name: /33,000원/ })).toHaveCount(3);
});

test("nothing comes of an address that was tampered with, or is somebody else's", async ({
  page,
  url,
  openBrowser,
}) => {
  const { email } = await signInPage(page, url);
  await page.goto("/credits/top-up");
  const { orderId, amountKrw } = await openWindow(page);
  // As the window would lead back, but not by this browser.
  const { paymentKey } = await payments().pay({ orderId, amountKrw });
  const done = (amount: number) =>
    `/credits/top-up/done?${new URLSearchParams({ orderId, paymentKey, amount: String(amount) })}`;

  const thief = await openBrowser({ baseURL: url, locale: "ko-KR" });
  const other = await signInPage(thief, url);
  await thief.goto(done(amountKrw));
  await expect(thief.getByRole("heading", { name: "이 계정의 결제가 아니에요" })).toBeVisible();
  expect(await bought(other.email)).toBe(0);

  await page.goto(done(100));
  await expect(page.getByText("결제 금액이 주문과 달라서 승인하지 않았어요.")).toBeVisible();
  expect(await bought(email)).toBe(0);
  await page.goto("/credits/top-up/done?orderId=x");
  await expect(page.getByRole("heading", { name: "결제 정보가 모자라요" })).toBeVisible();
});

test("an answer that is lost is waited for, and nothing is lost with it", async ({ page, url }) => {
  const { email } = await signInPage(page, url);
  await page.goto("/credits/top-up");
  const { orderId } = await openWindow(page);
  await payments().fault({ endpoint: "confirm", kind: "error_after", orderId });
  // Nor does anybody who asks hear of it: the page, the webhook, the look at unsettled orders.
  await payments().fault({ endpoint: "get", kind: "error_before", times: 1_000, orderId });
  await endPaymentWindow(page);
  await expect(page.getByRole("heading", { name: "결제를 확인하고 있어요" })).toBeVisible();
  await expect(page.getByText("창을 닫아도 돼요.")).toBeVisible({ timeout: 30_000 });
  await payments().forgetFaults(orderId);
  await expect(page.getByRole("heading", { name: /크레딧을 충전했어요/ })).toBeVisible({
    timeout: 90_000,
  });
  expect(await bought(email)).toBe(300);
});
