import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { openSession } from "@/scripts/caption/session";
import { signInPage } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { buyByRequest, shortClip } from "../fixtures/credits";
import { query } from "../fixtures/database";
import { payments } from "../fixtures/payments";
import { endedJob, uploadFile } from "../fixtures/uploads";

test.use({ contextOptions: { reducedMotion: "reduce" } });

const looks = [
  ["ko", "dark"],
  ["en", "light"],
] as const;

/** Looks at what is open, a dialog or the page. */
async function look(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${what} ${id}: ${nodes[0]?.html}`)).toEqual([]);
}

async function lookAtDialog(page: Page, button: RegExp, what: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  // Its figures come after it.
  await expect(page.getByRole("dialog").getByText(/\d/).first()).toBeVisible();
  await look(page, what);
  await page.keyboard.press("Escape");
}

test("no violations that axe sees on receipts, purchases, findings and their dialogs", async ({
  page,
  context,
  url,
}) => {
  const account = await signInPage(page, url);
  const session = await openSession({ url, ...account });
  const { videoId, jobId } = await uploadFile(session, await shortClip(20), { caption: true });
  const { orderId } = await buyByRequest(page, "standard");
  const [payment] = await payments().payments(orderId);
  // A part of it given back behind our backs: for operators to look into.
  await payments().cancel(payment?.paymentKey ?? "", { amountKrw: 1_000 });
  await query("UPDATE users SET operator = true WHERE email = $1", [account.email]);
  const finding = () =>
    query("SELECT 1 FROM money_findings WHERE subject LIKE '%' || $1 || '%'", [orderId]);
  await expect.poll(async () => (await finding()).length).toBe(1);
  expect((await endedJob(session, jobId ?? "")).status).toBe("completed");

  // Both languages and both colours; the pages around these are looked at in all four pairs.
  for (const [locale, colorScheme] of looks) {
    await context.addCookies([{ name: "NEXT_LOCALE", value: locale, url }]);
    await page.emulateMedia({ colorScheme });
    const open = async (path: string, shown: string | RegExp) => {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.getByText(shown).first()).toBeVisible();
      await look(page, `${path} ${locale} ${colorScheme}`);
    };
    const what = `${locale} ${colorScheme}`;
    await open(`/jobs/${jobId}/receipt`, jobId ?? "");
    await open(`/credits/orders/${orderId}`, orderId);
    await lookAtDialog(page, /^(환불하기|Refund)$/, `refund ${what}`);
    await open(`/videos/${videoId}`, /^(파일 삭제까지|Files go in)/);
    await lookAtDialog(page, /^(더 보관하기|Keep longer)$/, `retention ${what}`);
    await open("/admin/findings", orderId);
    const row = page.getByRole("row").filter({ hasText: orderId });
    await row.getByRole("button").click();
    await expect(page.getByRole("dialog").getByText(orderId).first()).toBeVisible();
    await look(page, `finding ${what}`);
  }
  await query("UPDATE users SET operator = false WHERE email = $1", [account.email]);
});
