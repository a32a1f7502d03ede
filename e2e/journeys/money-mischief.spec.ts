import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import { newId } from "@/lib/ids";
import type { OrderView, PackagesView } from "@/lib/topups/schema";
import { signInPage } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { openWindow, payButton, walletOf } from "../fixtures/credits";
import { query } from "../fixtures/database";
import { endPaymentWindow, payments } from "../fixtures/payments";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const minuteMs = 60_000;

/** As if somebody had paid in the window, which then doesn't lead back. */
const payAway = ({ orderId, amountKrw }: OrderView, agoMs = 0) =>
  payments().pay({ orderId, amountKrw, agoMs });

/** What Toss says of the order's payments: of the window that was left, then of the others. */
const statuses = async ({ orderId }: OrderView) =>
  (await payments().payments(orderId)).map(({ status }) => status);

/** Where the window leads back to after a payment. */
function donePath({ orderId, amountKrw }: OrderView, paymentKey: string): string {
  const query = { orderId, paymentKey, amount: String(amountKrw) };
  return `/credits/top-up/done?${new URLSearchParams(query)}`;
}

async function orderNow(page: Page, orderId: string): Promise<OrderView> {
  return (await (await page.request.get(`/api/v1/top-ups/${orderId}`)).json()).order;
}

/** `npm run promotion` against the product under test. */
async function promotion(...args: string[]): Promise<void> {
  const env = { ...process.env, AX2_DATA_DIR: process.env.E2E_DATA_DIR };
  const script = path.join(root, "scripts/promotion.mjs");
  await run(process.execPath, [script, ...args], { cwd: root, env });
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("할인 코드").fill(code);
  await page.getByRole("button", { name: "적용", exact: true }).click();
}

test("an address of success that is opened again and again brings credits once", async ({
  page,
  context,
  url,
}) => {
  const { email } = await signInPage(page, url);
  await page.goto("/credits/top-up?package=light");
  const order = await openWindow(page);
  const { paymentKey } = await payAway(order);
  const success = page.getByRole("heading", { name: "300크레딧을 충전했어요" });

  // Two tabs come back at the same moment.
  const other = await context.newPage();
  await Promise.all([page, other].map((tab) => tab.goto(donePath(order, paymentKey))));
  await expect(success).toBeVisible();
  await expect(other.getByRole("heading", { name: "300크레딧을 충전했어요" })).toBeVisible();
  await page.reload();
  await expect(success).toBeVisible();
  await page.goto("/videos");
  await page.goBack();
  await expect(success).toBeVisible();

  // Another payment for the order that is paid already.
  const second = await payAway(order);
  const asked = page.waitForResponse(/\/confirm$/);
  await page.goto(donePath(order, second.paymentKey));
  expect((await asked).status()).toBe(409);
  // It says how the order ended.
  await expect(success).toBeVisible();
  expect(await statuses(order)).toEqual(["READY", "DONE", "IN_PROGRESS"]);
  expect((await walletOf(email)).bought).toBe(300);
  // Going back as far as the window, which is over, changes nothing.
  await page.goto(`/credits/top-up/failed?orderId=${order.orderId}&code=PAY_PROCESS_CANCELED`);
  await expect(page.getByRole("heading", { name: "이 주문은 이미 결제됐어요" })).toBeVisible();
  expect((await orderNow(page, order.orderId)).state).toBe("paid");
});

test("what is confirmed too late takes no money", async ({ page, url }) => {
  const { email } = await signInPage(page, url);
  await page.goto("/credits/top-up?package=light");
  const late = await openWindow(page);
  const { paymentKey } = await payAway(late, 10 * minuteMs);
  await page.goto(donePath(late, paymentKey));
  await expect(page.getByRole("heading", { name: "결제 시간이 지났어요" })).toBeVisible();
  await expect(page.getByText(/돈은 나가지 않았/).first()).toBeVisible();
  expect(await statuses(late)).toEqual(["READY", "EXPIRED"]);

  // As if the window had been left open over lunch.
  await page.getByRole("link", { name: "다시 결제하기" }).click();
  const left = await openWindow(page);
  await query(
    `UPDATE top_up_orders SET created_at = created_at - interval '41 minutes' WHERE order_id = $1`,
    [left.orderId],
  );
  const paid = await payAway(left);
  await page.goto(donePath(left, paid.paymentKey));
  await expect(page.getByRole("heading", { name: "결제 시간이 지났어요" })).toBeVisible();
  expect(await statuses(left)).toEqual(["READY", "IN_PROGRESS"]);
  expect((await walletOf(email)).bought).toBe(0);
});

test("a code takes off what it says, is free again after a failure, and works once", async ({
  page,
  url,
}) => {
  const { email } = await signInPage(page, url);
  const code = `E2E-${newId().slice(-8).toUpperCase()}`;
  await promotion("add", code, "--percent", "10", "--packages", "light");
  await page.goto("/credits/top-up?package=light");
  await enterCode(page, "NO-SUCH-CODE");
  await expect(page.getByText("쓸 수 없는 코드예요.")).toBeVisible();
  // As people type codes.
  await enterCode(page, ` ${code.toLowerCase()} `);
  await expect(page.getByText(`${code} 코드를 적용했어요.`)).toBeVisible();
  await expect(payButton(page)).toHaveText("2,970원 결제하기");
  const broken = await openWindow(page);
  expect(broken).toMatchObject({ listKrw: 3_300, discountKrw: 330, amountKrw: 2_970 });
  await endPaymentWindow(page, "abort");
  await expect(page.getByRole("heading", { name: "결제가 중간에 멈췄어요" })).toBeVisible();
  await expect.poll(async () => (await orderNow(page, broken.orderId)).state).toBe("failed");

  await page.getByRole("link", { name: "다시 결제하기" }).click();
  await enterCode(page, code);
  await expect(payButton(page)).toHaveText("2,970원 결제하기");
  const { orderId } = await openWindow(page);
  expect(orderId).not.toBe(broken.orderId);
  await endPaymentWindow(page);
  await expect(page.getByRole("heading", { name: "300크레딧을 충전했어요" })).toBeVisible();

  await page.goto("/credits/top-up?package=light");
  await enterCode(page, code);
  await expect(page.getByText("이미 쓴 코드예요.")).toBeVisible();
  await expect(payButton(page)).toHaveText("3,300원 결제하기");
  expect((await walletOf(email)).bought).toBe(300);
  await promotion("stop", code);
});

test("nobody pays another price than the one they saw", async ({ page, url }) => {
  const { email } = await signInPage(page, url);
  // The price of yesterday, in a tab that was left open.
  await page.route("**/api/v1/packages*", async (route) => {
    const answer = await route.fetch();
    const view = (await answer.json()) as PackagesView;
    const packages = view.packages.map((each) => ({ ...each, amountKrw: each.amountKrw - 300 }));
    await route.fulfill({ response: answer, json: { ...view, packages } });
  });
  await page.goto("/credits/top-up?package=light");
  await expect(payButton(page)).toHaveText("3,000원 결제하기");
  await page.unroute("**/api/v1/packages*");
  await payButton(page).click();
  await expect(page.getByText("그 사이에 값이 바뀌었어요.")).toBeVisible();
  await expect(payButton(page)).toHaveText("3,300원 결제하기");
  const order = await openWindow(page);
  expect(order.amountKrw).toBe(3_300);
  await endPaymentWindow(page);
  await expect(page.getByRole("heading", { name: "300크레딧을 충전했어요" })).toBeVisible();
  expect((await walletOf(email)).bought).toBe(300);
});
