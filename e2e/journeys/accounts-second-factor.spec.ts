import { expect, type Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { errorTitle } from "@/lib/errors";
import { openSession } from "@/scripts/caption/session";
import { logInPage, mailTo, makeAccount, type TestAccount } from "../fixtures/account";
import {
  expectFieldProblem,
  hydrated,
  logInByForm,
  logOutByMenu,
  prove,
  studio,
  test,
} from "../fixtures/browsers";
import { ageProofs, auditAbout, query } from "../fixtures/database";
import { linkBy, logInBy } from "../fixtures/identity";

const codeOf = (secret: string) =>
  new TOTP({ secret, algorithm: "SHA1", digits: 6, period: 30 }).generate();

/** As if the last code were of an earlier half minute: none works twice, and tests don't wait. */
const forgetLastCode = (email: string) =>
  query(
    `UPDATE second_factors SET last_step = 0
     WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
    [email],
  );

async function nextCode(email: string, secret: string): Promise<string> {
  await forgetLastCode(email);
  return codeOf(secret);
}

/** Turns it on in the settings; answers the secret and the recovery codes, as shown. */
async function turnOn(page: Page, account: TestAccount) {
  await page.goto("/settings/security");
  await (await hydrated(page.getByRole("button", { name: "2단계 인증 켜기" }))).click();
  const scan = page.getByRole("dialog", { name: "2단계 인증 켜기" });
  await expect(scan.getByRole("img", { name: "인증 앱으로 찍는 QR 코드" })).toBeVisible();
  const secret = ((await scan.locator("code").textContent()) ?? "").replaceAll(" ", "");
  const field = scan.getByLabel("인증 코드");
  await field.fill("000000");
  await scan.getByRole("button", { name: "켜기", exact: true }).click();
  await expectFieldProblem(field, errorTitle("second_factor_rejected", "ko"));
  await field.fill(codeOf(secret));
  await scan.getByRole("button", { name: "켜기", exact: true }).click();
  const kept = page.getByRole("dialog", { name: "복구 코드 보관하기" });
  await expect(kept).toBeVisible();
  const codes = await kept
    .getByRole("list", { name: "복구 코드" })
    .getByRole("listitem")
    .allTextContents();
  await kept.getByRole("button", { name: "안전한 곳에 보관했어요" }).click();
  await expect(page.getByText(`복구 코드 ${codes.length}개 남음`)).toBeVisible();
  await forgetLastCode(account.email);
  return { secret, codes };
}

async function typeCode(page: Page, label: string, code: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(code);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
}

test("turned on, every log-in asks for a code; a recovery code stands in for it once", async ({
  page,
  openBrowser,
  url,
}) => {
  const account = await makeAccount(url);
  await logInPage(page, account);
  const { secret, codes } = await turnOn(page, account);
  expect(new Set(codes).size).toBeGreaterThanOrEqual(8);
  await mailTo(url, account.email, "second-factor-on");

  await logOutByMenu(page);
  await page.goto("/login?next=%2Fjobs");
  await logInByForm(page, account);
  await expect(page.getByRole("heading", { name: "2단계 인증" })).toBeVisible();
  // The password alone has opened nothing.
  expect((await page.request.get("/api/v1/me")).status()).toBe(401);
  await typeCode(page, "인증 코드", "123");
  const field = page.getByLabel("인증 코드", { exact: true });
  await expectFieldProblem(field, "코드를 빠짐없이 입력해 주세요.");
  await typeCode(page, "인증 코드", codeOf(secret) === "000000" ? "111111" : "000000");
  await expectFieldProblem(field, errorTitle("second_factor_rejected", "ko"));
  const code = await nextCode(account.email, secret);
  await typeCode(page, "인증 코드", `${code.slice(0, 3)} ${code.slice(3)}`);
  await expect(page).toHaveURL("/jobs");
  const names = await auditAbout(account.email);
  expect(names).toEqual(expect.arrayContaining(["authn_factor_added", "authn_factor_failed"]));

  const [recovery = ""] = codes;
  for (const [round, where] of [
    ["first", await openBrowser()],
    ["again", await openBrowser()],
  ] as const) {
    await where.goto("/login");
    await logInByForm(where, account);
    // The code that the log-in above took isn't taken again.
    await typeCode(where, "인증 코드", code);
    await expectFieldProblem(
      where.getByLabel("인증 코드", { exact: true }),
      errorTitle("second_factor_rejected", "ko"),
    );
    await where.getByRole("link", { name: "복구 코드 쓰기" }).click();
    await typeCode(where, "복구 코드", recovery.toLowerCase());
    if (round === "first") await expect(studio(where)).toBeVisible();
    else {
      const wrong = where.getByLabel("복구 코드", { exact: true });
      await expectFieldProblem(wrong, errorTitle("second_factor_rejected", "ko"));
    }
  }
  const mail = await mailTo(url, account.email, "recovery-code-used");
  expect(mail.text).toContain(`${codes.length - 1}개 남았어요`);
  expect(await auditAbout(account.email)).toContain("authn_recovery_code_used");
});

test("with it on, important things ask for password and code, and so does turning it off", async ({
  page,
  url,
}) => {
  const account = await makeAccount(url);
  await logInPage(page, account);
  const { secret } = await turnOn(page, account);
  await ageProofs(account.email);
  await page.reload();
  await (await hydrated(page.getByRole("button", { name: "끄기", exact: true }))).click();
  await page.getByRole("button", { name: "2단계 인증 끄기" }).click();
  const dialog = page.getByRole("dialog", { name: "본인 확인" });
  await dialog.getByLabel("비밀번호", { exact: true }).fill(account.password);
  await dialog.getByRole("button", { name: "확인", exact: true }).click();
  await expectFieldProblem(dialog.getByLabel("인증 코드"), "코드를 입력해 주세요.");
  await dialog.getByLabel("인증 코드").fill("000000");
  await dialog.getByRole("button", { name: "확인", exact: true }).click();
  await expectFieldProblem(
    dialog.getByLabel("인증 코드"),
    errorTitle("second_factor_rejected", "ko"),
  );
  await prove(page, { ...account, code: await nextCode(account.email, secret) });
  await expect(page.getByText("2단계 인증을 껐어요.")).toBeVisible();
  await expect(page.getByRole("button", { name: "2단계 인증 켜기" })).toBeVisible();
  await mailTo(url, account.email, "second-factor-off");
  expect(await auditAbout(account.email)).toContain("authn_factor_removed");
  await logOutByMenu(page);
  await page.goto("/login");
  await logInByForm(page, account);
  await expect(studio(page)).toBeVisible();
});

test("programs and identity providers are asked for the code as well", async ({
  page,
  openBrowser,
  url,
}) => {
  const account = await makeAccount(url);
  await logInPage(page, account);
  await page.goto("/settings/security");
  const { subject } = await linkBy(page, "kakao");
  await expect(page.getByText("카카오 로그인을 연결했어요.")).toBeVisible();
  const { secret } = await turnOn(page, account);

  await expect(openSession({ url, ...account })).rejects.toMatchObject({
    code: "second_factor_required",
  });
  await expect(openSession({ url, ...account }, async () => "000000")).rejects.toMatchObject({
    code: "second_factor_rejected",
  });
  const session = await openSession({ url, ...account }, () => nextCode(account.email, secret));
  expect((await session.fetch("/api/v1/me")).status).toBe(200);

  const other = await openBrowser();
  await logInBy(other, "kakao", { subject });
  await expect(other.getByRole("heading", { name: "2단계 인증" })).toBeVisible();
  expect((await other.request.get("/api/v1/me")).status()).toBe(401);
  await typeCode(other, "인증 코드", await nextCode(account.email, secret));
  await expect(studio(other)).toBeVisible();
});
