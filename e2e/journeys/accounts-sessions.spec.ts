import { expect, type Page } from "@playwright/test";
import { openSession } from "@/scripts/caption/session";
import { logInPage, mailTo, makeAccount, type TestAccount } from "../fixtures/account";
import { from, logInByForm, prove, studio, test, userAgents } from "../fixtures/browsers";
import { ageProofs, auditAbout } from "../fixtures/database";
import { openStream } from "../fixtures/open-stream";

async function arrive(page: Page, account: TestAccount): Promise<void> {
  await page.goto("/login");
  await logInByForm(page, account);
  await expect(studio(page)).toBeVisible();
}

/** Their next click, in a page that is open, leads to the log-in. */
async function expectOut(page: Page): Promise<void> {
  await page.getByRole("link", { name: "작업", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "로그인" })).toBeVisible();
}

test("every device is listed with its network, and can be put out alone or with the rest", async ({
  page,
  openBrowser,
  url,
}) => {
  const account = await makeAccount(url);
  await arrive(page, account);
  const windows = await openBrowser({ userAgent: userAgents.windows, ...from("198.51.100.77") });
  const phone = await openBrowser({ userAgent: userAgents.phone, ...from("2001:db8:5:6::7") });
  await arrive(windows, account);
  await arrive(phone, account);
  await page.goto("/settings/sessions");
  const rows = page.getByRole("main").getByRole("listitem");
  const row = (name: string) => rows.filter({ hasText: name });
  await expect(row("Chrome · Windows")).toContainText("198.51.100.0/24");
  await expect(row("Safari · iPhone")).toContainText("2001:db8:5::/48");
  await expect(row("지금 이 기기")).toContainText("Chrome · Linux");
  await expect(row("지금 이 기기").getByRole("button")).toHaveCount(0);
  // A new device in a new place: the owner hears of it.
  const told = await mailTo(url, account.email, "new-device");
  expect(told.text).toContain("Safari · iPhone");
  expect(await auditAbout(account.email)).toContain("authn_new_device");

  await ageProofs(account.email);
  await page.getByRole("button", { name: "Chrome · Windows 로그아웃" }).click();
  await prove(page, account);
  await expect(row("Chrome · Windows")).toHaveCount(0);
  await expect(page.getByText("Chrome · Windows에서 로그아웃했어요.")).toBeVisible();
  await expectOut(windows);
  expect((await phone.request.get("/api/v1/me")).status()).toBe(200);

  const program = await openSession({ url, ...account });
  const stream = await openStream(program, account.email);
  await page.reload();
  await expect(row("API 프로그램")).toHaveCount(1);
  await page.getByRole("button", { name: "다른 기기 모두 로그아웃" }).click();
  // A name beginning with the panel's button's: only the dialog's own.
  await page.getByRole("alertdialog").getByRole("button", { name: "모두 로그아웃" }).click();
  await expect(page.getByText("다른 기기에서는 로그인하지 않았어요")).toBeVisible();
  await expectOut(phone);
  await expect.poll(stream.isOpen).toBe(false);
  expect((await program.fetch("/api/v1/me")).status).toBe(401);
  expect((await page.request.get("/api/v1/me")).status()).toBe(200);
  expect(await auditAbout(account.email)).toContain("session_revoked");
});

test("somebody else's sign-in can't be seen or ended", async ({ page, openBrowser, url }) => {
  const [owner, stranger] = [await makeAccount(url), await makeAccount(url)];
  await logInPage(page, owner);
  const other = await openBrowser();
  await logInPage(other, stranger);
  const { sessions } = await (await page.request.get("/api/v1/me/sessions")).json();
  const seen = await (await other.request.get("/api/v1/me/sessions")).json();
  expect(JSON.stringify(seen)).not.toContain(sessions[0].id);
  const headers = { origin: url };
  const answer = await other.request.delete(`/api/v1/me/sessions/${sessions[0].id}`, { headers });
  expect(answer.status()).toBe(404);
  expect((await page.request.get("/api/v1/me")).status()).toBe(200);
});
