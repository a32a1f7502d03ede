import { expect } from "@playwright/test";
import { errorTitle } from "@/lib/errors";
import { freshAccount, linkIn, mailKinds, mailTo, makeAccount } from "../fixtures/account";
import { alert, expectFieldProblem, logInByForm, studio, test } from "../fixtures/browsers";
import { auditAbout, query } from "../fixtures/database";
import { goOnBy, logInBy, type Provider, protocolViolations } from "../fixtures/identity";

const identitiesOf = (email: string) =>
  query<{ provider: string; subject: string; email: string }>(
    `SELECT provider, provider_account_id AS subject, identities.email FROM identities
     JOIN users ON users.id = user_id WHERE users.email = $1`,
    [email],
  );

test.afterEach(async () => {
  expect(await protocolViolations()).toEqual([]);
});

for (const provider of ["google", "kakao"] as const) {
  test(`${provider}: an address it vouches for opens an account, and opens it again`, async ({
    page,
    openBrowser,
  }) => {
    await page.goto("/login?next=%2Fjobs");
    await page.getByLabel("로그인 유지하기").check();
    const { subject, email } = await goOnBy(page, provider, { name: "이바다" });
    await expect(page).toHaveURL("/jobs");
    expect(await identitiesOf(email)).toEqual([{ provider, subject, email }]);
    expect(await auditAbout(email)).toEqual([
      "user_created",
      "credits_granted",
      "authn_login_success",
      "session_created",
    ]);
    const [session] = await query<{ methods: string[]; remember: boolean }>(
      `SELECT methods, remember FROM auth_sessions
       WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
      [email],
    );
    expect(session).toEqual({ methods: [provider], remember: true });

    // Known by the provider's id: an address that has changed there changes nothing.
    const other = await openBrowser();
    await logInBy(other, provider, { subject, email: `moved-${email}` });
    await expect(studio(other)).toBeVisible();
    const { account } = await (await other.request.get("/api/v1/me")).json();
    expect(account).toMatchObject({ email, name: "이바다" });
  });
}

for (const provider of ["kakao", "naver"] as const) {
  test(`${provider}: an address it doesn't vouch for has to be proved by a mail`, async ({
    page,
    openBrowser,
    url,
  }) => {
    const { email } = freshAccount();
    const visitor = provider === "kakao" ? { email, verified: false } : { email };
    const { subject } = await logInBy(page, provider, visitor);
    await expect(page.getByRole("heading", { name: "마지막으로 알려 주세요" })).toBeVisible();
    expect(await query("SELECT 1 FROM users WHERE email = $1", [email])).toEqual([]);
    const field = page.getByLabel("이메일", { exact: true });
    await expect(field).toHaveValue(email);
    const submit = page.getByRole("button", { name: "확인 메일 받기" });
    await field.fill("no address");
    await submit.click();
    await expectFieldProblem(field, "이메일 주소를 확인해 주세요.");
    await field.fill(email);
    await submit.click();
    await expect(page.getByText("메일의 링크를 이 브라우저에서 열어 주세요.")).toBeVisible();
    const link = linkIn(await mailTo(url, email, "sign-up"));

    // Whoever only holds the mail isn't whom the provider vouched for.
    const elsewhere = await openBrowser();
    await elsewhere.goto(link);
    await expect(
      elsewhere.getByRole("heading", { name: "시작한 브라우저에서 열어 주세요" }),
    ).toBeVisible();
    await expect(elsewhere.getByRole("button", { name: "확인하고 시작하기" })).toHaveCount(0);

    await page.goto(link);
    await page.getByRole("button", { name: "확인하고 시작하기" }).click();
    await expect(studio(page)).toBeVisible();
    expect((await identitiesOf(email)).map((row) => [row.provider, row.subject])).toEqual([
      [provider, subject],
    ]);
    await logInBy(elsewhere, provider, { subject });
    await expect(studio(elsewhere)).toBeVisible();
  });
}

test("an account that has the address is never joined, by whichever provider", async ({
  page,
  url,
}) => {
  const owner = await makeAccount(url);
  for (const provider of ["google", "kakao"] satisfies Provider[]) {
    await logInBy(page, provider, { email: owner.email });
    await expect(alert(page)).toHaveText(errorTitle("identity_unlinked", "ko"));
  }
  // Nor by the way of those that vouch for none: the mail goes to the owner and tells of it.
  await logInBy(page, "naver", { email: owner.email });
  await page.getByRole("button", { name: "확인 메일 받기" }).click();
  await expect(page.getByRole("heading", { name: "메일을 보냈어요" })).toBeVisible();
  await mailTo(url, owner.email, "sign-up-taken");
  expect((await mailKinds(url, owner.email)).filter((kind) => kind === "sign-up")).toHaveLength(1);
  expect(await identitiesOf(owner.email)).toEqual([]);
  await page.goto("/videos");
  await expect(page).toHaveURL("/login?next=%2Fvideos");
  await logInByForm(page, owner);
  await expect(studio(page)).toBeVisible();
});

test("an address without a letterbox: no e-mail at all is asked for", async ({ page }) => {
  await logInBy(page, "google", { fault: "no_email", name: "박구름" });
  await expect(page.getByRole("heading", { name: "마지막으로 알려 주세요" })).toBeVisible();
  await expect(page.getByLabel("이메일", { exact: true })).toHaveValue("");
  await expect(page.getByLabel("이름")).toHaveValue("박구름");
  await page.goto("/videos");
  await expect(page).toHaveURL("/login?next=%2Fvideos");
});
