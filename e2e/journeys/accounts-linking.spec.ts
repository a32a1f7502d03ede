import { expect, type Page } from "@playwright/test";
import { errorTitle } from "@/lib/errors";
import { logInPage, mailTo, makeAccount } from "../fixtures/account";
import { alert, hydrated, logInByForm, prove, studio, test } from "../fixtures/browsers";
import { ageProofs, auditAbout } from "../fixtures/database";
import {
  linkBy,
  logInBy,
  type Provider,
  passProvider,
  protocolViolations,
  providerNames,
} from "../fixtures/identity";

const linkButton = (page: Page, provider: Provider) =>
  page.getByRole("button", { name: `${providerNames[provider]} 연결`, exact: true });
const unlinkButton = (page: Page, provider: Provider) =>
  page.getByRole("button", { name: `${providerNames[provider]} 연결 끊기` });

async function unlink(page: Page, provider: Provider): Promise<void> {
  await unlinkButton(page, provider).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "연결 끊기" }).click();
}

test.afterEach(async () => {
  expect(await protocolViolations()).toEqual([]);
});

test("providers are linked after proving who it is, open the account, and go again", async ({
  page,
  openBrowser,
  url,
}) => {
  const account = await makeAccount(url);
  await logInPage(page, account);
  await ageProofs(account.email);
  await page.goto("/settings/security");
  await (await hydrated(linkButton(page, "google"))).click();
  await prove(page, account);
  await passProvider(page);
  await expect(page.getByText("Google 로그인을 연결했어요.")).toBeVisible();
  // Said once: the address is clean, and a reload is silent.
  await expect(page).toHaveURL("/settings/security");
  const { subject, email } = await linkBy(page, "kakao");
  await expect(page.getByText("카카오 로그인을 연결했어요.")).toBeVisible();
  await expect(page.getByRole("main")).toContainText(email);
  const told = await mailTo(url, account.email, "identity-linked");
  expect(told.subject).toBe("카카오 로그인을 연결했어요");
  expect(await auditAbout(account.email)).toContain("authn_identity_linked");

  const other = await openBrowser();
  await logInBy(other, "kakao", { subject });
  await expect(studio(other)).toBeVisible();
  const { account: view } = await (await other.request.get("/api/v1/me")).json();
  expect(view.email).toBe(account.email);

  await ageProofs(account.email);
  await page.reload();
  await hydrated(unlinkButton(page, "kakao"));
  await unlink(page, "kakao");
  await prove(page, account);
  await expect(linkButton(page, "kakao")).toBeVisible();
  await mailTo(url, account.email, "identity-unlinked");
  expect(await auditAbout(account.email)).toContain("authn_identity_unlinked");
  // What was the way in is a stranger now, and the address it gives is only its own.
  await other.context().clearCookies();
  await logInBy(other, "kakao", { subject, email: account.email });
  await expect(alert(other)).toHaveText(errorTitle("identity_unlinked", "ko"));
  // The password still opens it.
  await logInByForm(other, account);
  await expect(studio(other)).toBeVisible();
});

test("an identity of one account can't be linked to another, and declining changes nothing", async ({
  page,
  openBrowser,
  url,
}) => {
  const other = await openBrowser();
  const { subject } = await logInBy(other, "kakao");
  await expect(studio(other)).toBeVisible();
  const account = await makeAccount(url);
  await logInPage(page, account);
  await page.goto("/settings/security");
  await hydrated(linkButton(page, "kakao"));
  await linkBy(page, "kakao", { subject });
  await expect(page.getByText(errorTitle("identity_taken", "ko"))).toBeVisible();
  await linkBy(page, "kakao", { deny: true });
  await expect(page.getByText(errorTitle("provider_denied", "ko"))).toBeVisible();
  await expect(linkButton(page, "kakao")).toBeVisible();
  expect(await auditAbout(account.email)).not.toContain("authn_identity_linked");
});

test("an account without a password proves itself by its provider, and keeps its last way in", async ({
  page,
  openBrowser,
}) => {
  const { subject, email } = await logInBy(page, "google");
  await expect(studio(page)).toBeVisible();
  await page.goto("/settings/security");
  await hydrated(unlinkButton(page, "google"));
  await expect(unlinkButton(page, "google")).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("하나뿐인 로그인 방법이라 끊을 수 없어요.")).toBeVisible();
  const refused = await page.request.delete("/api/v1/me/identities/google", {
    headers: { origin: new URL(page.url()).origin },
  });
  expect((await refused.json()).code).toBe("last_sign_in_method");

  // A password is set: only the provider can say that it is them.
  await ageProofs(email);
  const password = "seven quiet lighthouses at dawn";
  const setPassword = async () => {
    await page.getByLabel("새 비밀번호", { exact: true }).fill(password);
    await page.getByRole("button", { name: "비밀번호 만들기" }).click();
  };
  await setPassword();
  const dialog = page.getByRole("dialog", { name: "본인 확인" });
  await expect(dialog.getByLabel("비밀번호", { exact: true })).toHaveCount(0);
  const prove_ = dialog.getByRole("button", { name: "Google로 확인" });
  await prove_.click();
  await expect(page.getByText("asks for a new proof of who you are")).toBeVisible();
  // Somebody else's account there proves nothing.
  await passProvider(page);
  await expect(page.getByText(errorTitle("identity_taken", "ko"))).toBeVisible();
  await hydrated(page.getByLabel("새 비밀번호", { exact: true }));
  await setPassword();
  await prove_.click();
  await passProvider(page, { subject });
  await expect(page.getByText("본인 확인을 마쳤어요.")).toBeVisible();
  await hydrated(page.getByLabel("새 비밀번호", { exact: true }));
  await setPassword();
  await expect(page.getByText("비밀번호를 저장했어요.")).toBeVisible();
  expect(await auditAbout(email)).toEqual(
    expect.arrayContaining(["authn_provider_refused", "authn_reauthenticated"]),
  );
  // Now there are two ways in, so that one may go.
  await unlink(page, "google");
  await expect(linkButton(page, "google")).toBeVisible();
  const other = await openBrowser();
  await other.goto("/login");
  await logInByForm(other, { email, password });
  await expect(studio(other)).toBeVisible();
});
