import { readFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type SandboxServer, startSandbox } from "@/lib/payments/sandbox/server";
import { endPaymentWindow } from "../fixtures/payments";

/** Toss's real SDK in a real browser, with the practice Toss behind it and a shop of one page. */
const clientKey = "test_ck_sandbox_client";
const secretKey = "test_sk_sandbox_secret";
const sdkFile = createRequire(import.meta.url).resolve("@tosspayments/tosspayments-sdk");
const sdk = readFileSync(sdkFile.replace("index.cjs.js", "index.esm.js"));

let shop: http.Server;
let shopUrl = "";
let sandbox: SandboxServer;

test.beforeAll(async () => {
  shop = http.createServer((incoming, response) => {
    if (incoming.url === "/sdk.js") {
      response.writeHead(200, { "content-type": "text/javascript" }).end(sdk);
    } else {
      response.writeHead(200, { "content-type": "text/html" }).end(shopPage());
    }
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  sandbox = await startSandbox({ clientKey, secretKey, appUrl: shopUrl });
});

test.afterAll(async () => {
  await sandbox.close();
  shop.closeAllConnections();
  shop.close();
});

function shopPage(): string {
  return `<!doctype html><html lang="ko"><title>Shop</title><script type="module">
    import { loadTossPayments } from "/sdk.js";
    window.buy = async (request, customerKey = crypto.randomUUID()) => {
      const toss = await loadTossPayments("${clientKey}", { src: "${sandbox.sdkUrl}" });
      return toss.payment({ customerKey }).requestPayment(request);
    };
    document.title = "Ready";
  </script></html>`;
}

async function buy(page: Page, change: object = {}) {
  await page.goto(shopUrl);
  await expect(page).toHaveTitle("Ready");
  const request = {
    method: "CARD",
    amount: { currency: "KRW", value: 11_000 },
    orderId: `order-${crypto.randomUUID()}`,
    orderName: "크레딧 1,000개 + 보너스 100개",
    successUrl: `${shopUrl}/success?tab=1`,
    failUrl: `${shopUrl}/fail`,
    ...change,
  };
  const error = await page
    .evaluate(async (request) => {
      const { buy } = window as unknown as { buy(request: unknown): Promise<void> };
      // When the page is left for the window, the call is never settled.
      const left = new Promise<null>((resolve) =>
        addEventListener("pagehide", () => resolve(null)),
      );
      return Promise.race([left, buy(request)]).then(
        () => null,
        (error: { code: string }) => error.code,
      );
    }, request)
    .catch(() => null);
  return { request, error };
}

test("pays, and comes back with what the server needs", async ({ page }) => {
  const { request } = await buy(page);
  await expect(page.getByText("11,000원")).toBeVisible();
  await expect(page.getByText(request.orderName)).toBeVisible();
  await endPaymentWindow(page);
  await page.waitForURL(`${shopUrl}/success**`);
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toEqual({
    tab: "1",
    paymentType: "NORMAL",
    paymentKey: expect.stringMatching(/^sandbox/),
    orderId: request.orderId,
    amount: "11000",
  });
  await page.goBack();
  await expect(page.getByRole("heading")).toHaveText("이미 끝난 결제창이에요");
});

for (const [decision, code] of [
  ["cancel", "PAY_PROCESS_CANCELED"],
  ["abort", "PAY_PROCESS_ABORTED"],
  ["refuseCompany", "REJECT_CARD_COMPANY"],
] as const) {
  test(`comes back with ${code}`, async ({ page }) => {
    await buy(page);
    await endPaymentWindow(page, decision);
    await page.waitForURL(`${shopUrl}/fail**`);
    expect(new URL(page.url()).searchParams.get("code")).toBe(code);
  });
}

test("tells the page what was wrong with its request", async ({ page }) => {
  expect((await buy(page, { orderId: "short" })).error).toBe("INVALID_ORDER_ID");
  const tooLittle = { amount: { currency: "KRW", value: 99 } };
  expect((await buy(page, tooLittle)).error).toBe("BELOW_MINIMUM_AMOUNT");
  const elsewhere = { successUrl: "https://evil.example/" };
  expect((await buy(page, elsewhere)).error).toBe("INCORRECT_SUCCESS_URL_FORMAT");
  expect((await buy(page, { successUrl: undefined })).error).toBe("NOT_SUPPORTED_PROMISE");
});

for (const locale of ["ko-KR", "en-US"]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${locale}, ${colorScheme}, on a phone`, () => {
      test.use({ locale, colorScheme, viewport: { width: 390, height: 844 } });

      test("reads well and says what it is", async ({ page }, info) => {
        await buy(page, { method: "TRANSFER", transfer: { cashReceipt: { type: "소득공제" } } });
        const says = locale === "ko-KR" ? "실제 돈은 나가지 않아요" : "No money moves";
        await expect(page.getByRole("note")).toContainText(says);
        await page.screenshot({ path: info.outputPath("window.png"), fullPage: true });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBe(390);
      });
    });
  }
}
