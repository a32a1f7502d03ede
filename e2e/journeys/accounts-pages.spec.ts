import { expect } from "@playwright/test";
import { makeAccount, signInPage } from "../fixtures/account";
import { from, logInByForm, test } from "../fixtures/browsers";
import { publicPages, studioPages } from "../fixtures/pages";

/** What lets a foreign script, frame or form in, if a policy had it. */
const policy: Record<string, RegExp> = {
  "default-src": /^'self'$/,
  // Beside ourselves this machine's stand-ins: practice payments, and who knows people.
  "script-src": /^'self' 'unsafe-inline' 'wasm-unsafe-eval'( http:\/\/127\.0\.0\.1:\d+)?$/,
  "script-src-attr": /^'none'$/,
  "object-src": /^'none'$/,
  "base-uri": /^'none'$/,
  "frame-ancestors": /^'none'$/,
  "connect-src": /^'self'( http:\/\/127\.0\.0\.1:\d+)?$/,
  "form-action": /^'self'( http:\/\/127\.0\.0\.1:\d+){0,2}$/,
  "report-uri": /^\/api\/v1\/csp-reports$/,
};

function directives(header: string): Map<string, string> {
  return new Map(
    header.split("; ").map((part) => {
      const [name = "", ...values] = part.split(" ");
      return [name, values.join(" ")];
    }),
  );
}

test("every page carries its guards", async ({ page, url }) => {
  const look = async (path: string) => {
    const answer = await page.request.get(path);
    const headers = answer.headers();
    const own = directives(headers["content-security-policy"] ?? "");
    for (const [name, value] of Object.entries(policy)) {
      expect(own.get(name), `${path}: ${name}`).toMatch(value);
    }
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("strict-origin-when-cross-origin");
    expect(headers["permissions-policy"], path).toContain("camera=()");
    expect(headers["x-powered-by"], path).toBeUndefined();
    expect(headers["x-request-id"], path).toMatch(/^[0-9a-f-]{36}$/);
    // A page with a token in its address tells it to nobody.
    if (path.includes("token=")) {
      expect(await answer.text()).toContain('<meta name="referrer" content="same-origin"/>');
    }
  };
  for (const path of [...publicPages, "/login/code", "/sign-up/finish"]) await look(path);
  await signInPage(page, url);
  const missing = "/videos/00000000-0000-7000-8000-000000000000";
  for (const path of [...studioPages, missing]) await look(path);
});

test("no page may frame ours, not even one of this site", async ({ browser, url }) => {
  // Not watched: what is refused here has to be.
  const page = await browser.newPage();
  await page.route(`${url}/frame`, (route) =>
    route.fulfill({ contentType: "text/html", body: '<iframe src="/login"></iframe>' }),
  );
  const refused = page.waitForEvent("console", (message) => /frame-ancestors/.test(message.text()));
  await page.goto(`${url}/frame`);
  expect((await refused).text()).toContain("'none'");
  await expect(page.frameLocator("iframe").getByRole("heading", { level: 1 })).toHaveCount(0);
  await page.close();
});

test("what a link says about where to go next leads nowhere else", async ({ page, url }) => {
  const account = await makeAccount(url);
  for (const next of ["//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    await page.context().clearCookies();
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await logInByForm(page, account);
    await expect(page.getByRole("heading", { level: 1 }), next).not.toHaveText("로그인");
    expect(new URL(page.url()).origin, next).toBe(new URL(url).origin);
    // Who is in already is sent on as well.
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await expect(page.getByRole("heading", { level: 1 }), next).not.toHaveText("로그인");
    expect(new URL(page.url()).origin, next).toBe(new URL(url).origin);
  }
});

test("answers of the API carry a number to ask about, and stay out of caches", async ({
  page,
  url,
}) => {
  await signInPage(page, url);
  for (const [path, status] of [
    ["/api/v1/me", 200],
    ["/api/v1/me/sessions", 200],
    ["/api/v1/videos/00000000-0000-7000-8000-000000000000", 404],
    ["/api/v1/auth/providers/unknown", 405],
  ] as const) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(status);
    if (status === 405) continue;
    const headers = answer.headers();
    expect(headers["x-request-id"], path).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["cache-control"], path).toContain("no-store");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    if (status !== 200) expect((await answer.json()).requestId).toBe(headers["x-request-id"]);
  }
});

test("another site's form changes nothing, although the browser is logged in", async ({
  page,
  url,
  context,
}) => {
  await signInPage(page, url);
  await context.route("http://elsewhere.localhost/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${url}/api/v1/auth/log-out"></form>`,
    }),
  );
  await page.goto("http://elsewhere.localhost/");
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/log-out")),
    page.evaluate(() => document.querySelector("form")?.submit()),
  ]);
  expect(answer.status()).toBe(403);
  expect((await page.request.get("/api/v1/me")).status()).toBe(200);
});

test("the outbox is read on this machine only", async ({ page, openBrowser, url }) => {
  const account = await makeAccount(url);
  await page.goto("/outbox");
  await expect(page.getByRole("heading", { level: 1, name: "메일함" })).toBeVisible();
  const mail = page.getByRole("main").getByRole("link").filter({ hasText: account.email });
  await mail.first().click();
  await expect(page.getByRole("article")).toContainText("가입을 마쳐 주세요");
  await expect(
    page.frameLocator("iframe").getByRole("link", { name: "가입 마치기" }),
  ).toBeVisible();
  await page.goto("/sign-up?sent=mail");
  await expect(page.getByRole("link", { name: "메일함 열기" })).toBeVisible();

  const far = await openBrowser(from("203.0.113.5"));
  await far.goto("/outbox");
  await expect(far.getByRole("heading", { name: "찾는 화면이 없어요" })).toBeVisible();
  await expect(far.getByText(account.email)).toHaveCount(0);
  expect((await far.request.get("/api/v1/outbox")).status()).toBe(404);
  await far.goto("/sign-up?sent=mail");
  await expect(far.getByRole("heading", { name: "메일을 보냈어요" })).toBeVisible();
  await expect(far.getByRole("link", { name: "메일함 열기" })).toHaveCount(0);
});
