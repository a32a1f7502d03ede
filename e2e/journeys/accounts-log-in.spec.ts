import { expect, type Page } from "@playwright/test";
import { errorTitle } from "@/lib/errors";
import { mailKinds, makeAccount, signInPage } from "../fixtures/account";
import { alert, logInByForm, logOutByMenu, studio, test } from "../fixtures/browsers";
import { auditAbout, query } from "../fixtures/database";

/** As after ten minutes: the browser has dropped its access token. */
const outliveAccess = (page: Page) => page.context().clearCookies({ name: "ax2-access" });

/** What the page's own code gets from the API. */
const statusOf = (page: Page, path: string) =>
  page.evaluate(async (address) => (await fetch(address)).status, path);

test("a wrong password says so, a right one leads to where they wanted to go", async ({
  page,
  url,
}) => {
  const account = await makeAccount(url);
  await page.goto("/jobs?status=failed");
  await expect(page).toHaveURL("/login?next=%2Fjobs%3Fstatus%3Dfailed");
  await logInByForm(page, { ...account, password: "not my password" });
  await expect(alert(page)).toHaveText(errorTitle("credentials_rejected", "ko"));
  await expect(page.getByLabel("이메일", { exact: true })).toHaveValue(account.email);
  await expect(page.getByLabel("비밀번호", { exact: true })).toHaveValue("");
  // On another page in between, the way back isn't lost.
  await page.getByRole("link", { name: "가입하기" }).click();
  await expect(page.getByRole("heading", { name: "가입하기" })).toBeVisible();
  await page.getByRole("link", { name: "로그인", exact: true }).click();
  await expect(page.getByRole("heading", { name: "로그인" })).toBeVisible();
  await logInByForm(page, account);
  await expect(page).toHaveURL("/jobs?status=failed");
  await expect(page.getByRole("heading", { level: 1, name: "작업" })).toBeVisible();
  expect(await auditAbout(account.email)).toEqual(
    expect.arrayContaining(["authn_login_fail", "authn_login_success"]),
  );
  // Who is in needs no form.
  await page.goto("/login?next=%2Fupload");
  await expect(page).toHaveURL("/upload");
});

test("logging out ends the sign-in on the server, not only in the browser", async ({
  page,
  context,
  url,
}) => {
  const account = await signInPage(page, url);
  await page.goto("/videos");
  const held = await context.cookies();
  expect(held.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["ax2-access", "ax2-refresh"]),
  );
  await logOutByMenu(page);
  const left = (await context.cookies()).filter(({ value }) => value !== "");
  expect(left.map(({ name }) => name)).not.toContain("ax2-refresh");
  // Nothing of the page is kept, so that going back asks for it again.
  await page.goBack({ waitUntil: "commit" });
  await expect(page).toHaveURL("/login?next=%2Fvideos");

  // A copy of everything that the browser held is worth nothing.
  await context.addCookies(held);
  expect((await page.request.get("/api/v1/me")).status()).toBe(401);
  await page.goto("/videos");
  await expect(page).toHaveURL("/login?next=%2Fvideos");
  expect(await auditAbout(account.email)).toContain("authn_logout");
});

test("what a page's form did is recorded under the number that its answer carries", async ({
  page,
  url,
}) => {
  const account = await makeAccount(url);
  const posted = () => page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.goto("/login");
  const wrong = { ...account, password: "not my password" };
  const [refused] = await Promise.all([posted(), logInByForm(page, wrong)]);
  await expect(alert(page)).toBeVisible();
  await logInByForm(page, account);
  await expect(studio(page)).toBeVisible();
  const [loggedOut] = await Promise.all([posted(), logOutByMenu(page)]);
  const rows = await query<{ name: string; id: string }>(
    `SELECT name, request_id AS id FROM audit_events
     WHERE subject_id = (SELECT id FROM users WHERE email = $1)
       AND name IN ('authn_login_fail', 'authn_logout') ORDER BY seq`,
    [account.email],
  );
  expect(rows).toEqual([
    { name: "authn_login_fail", id: refused.headers()["x-request-id"] },
    { name: "authn_logout", id: loggedOut.headers()["x-request-id"] },
  ]);
});

test("who asks to be kept signed in has cookies that outlive the browser", async ({
  page,
  openBrowser,
  url,
}) => {
  const account = await makeAccount(url);
  const other = await openBrowser();
  const remember = page.getByLabel("로그인 유지하기");
  await page.goto("/login");
  await remember.check();
  await logInByForm(page, account);
  await other.goto("/login");
  await expect(other.getByLabel("로그인 유지하기")).not.toBeChecked();
  await logInByForm(other, account);
  const nowSeconds = Date.now() / 1000;
  for (const [where, kept] of [
    [page, true],
    [other, false],
  ] as const) {
    await expect(studio(where)).toBeVisible();
    const cookies = (await where.context().cookies()).filter(({ name }) =>
      ["ax2-access", "ax2-refresh"].includes(name),
    );
    expect(cookies).toHaveLength(2);
    for (const { expires } of cookies) {
      if (kept) expect(expires).toBeGreaterThan(nowSeconds + 80 * 24 * 3600);
      else expect(expires).toBe(-1);
    }
  }
});

test("a sign-in is renewed unnoticed, whatever is asked for, in two tabs at once", async ({
  page,
  context,
  url,
}) => {
  const account = await signInPage(page, url);
  await page.goto("/videos");
  await outliveAccess(page);
  await page.reload();
  await expect(studio(page)).toBeVisible();
  // A click in the page, a call of its own, a picture.
  await outliveAccess(page);
  await page.getByRole("link", { name: "작업", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "작업" })).toBeVisible();
  await outliveAccess(page);
  expect(await statusOf(page, "/api/v1/videos")).toBe(200);
  await outliveAccess(page);
  // No photo yet: the refusal is about that, not about who asks.
  expect(await statusOf(page, "/api/v1/me/photo")).toBe(404);

  const second = await context.newPage();
  for (let round = 0; round < 3; round++) {
    await outliveAccess(page);
    await Promise.all([
      page.goto("/settings"),
      second.goto("/videos"),
      ...Array.from({ length: 4 }, () => page.request.get("/api/v1/me")),
    ]);
    await expect(page.getByRole("heading", { level: 1, name: "설정" })).toBeVisible();
    await expect(studio(second)).toBeVisible();
  }
  expect(await auditAbout(account.email)).not.toContain("authn_token_reuse");
  expect(await mailKinds(url, account.email)).not.toContain("session-reused");
});

test("no script can read the sign-in, and the browser stores it nowhere else", async ({
  page,
  context,
  url,
}) => {
  const account = await makeAccount(url);
  await page.goto("/login");
  await logInByForm(page, account);
  await expect(studio(page)).toBeVisible();
  for (const path of ["/upload", "/jobs", "/settings", "/settings/security", "/videos"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  const ours = (await context.cookies()).filter(({ name }) => name.startsWith("ax2-"));
  expect(ours.length).toBeGreaterThanOrEqual(3);
  for (const cookie of ours) {
    expect(cookie, cookie.name).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  }
  const readable = await page.evaluate(readStorage);
  expect(readable).not.toMatch(/ax2-(access|refresh|device)/);
  for (const { value } of ours) if (value) expect(readable).not.toContain(value);
  expect(readable).not.toContain(account.password);
  // Of the page's markup neither: what is laid into it for hydration is readable as well.
  const markup = await page.content();
  for (const { value } of ours) if (value) expect(markup).not.toContain(value);
});

/** Everything that a script on the page could read, as text. */
async function readStorage(): Promise<string> {
  const databases = await indexedDB.databases();
  const contents = await Promise.all(
    databases.map(
      ({ name = "" }) =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = async () => {
            const database = opening.result;
            const stores = [...database.objectStoreNames];
            const rows = await Promise.all(
              stores.map(
                (store) =>
                  new Promise((found) => {
                    const all = database.transaction(store).objectStore(store).getAll();
                    all.onsuccess = () => found(all.result);
                  }),
              ),
            );
            database.close();
            resolve(rows);
          };
        }),
    ),
  );
  const caches = await globalThis.caches.keys();
  return JSON.stringify([
    document.cookie,
    { ...localStorage },
    { ...sessionStorage },
    contents,
    caches,
  ]);
}
