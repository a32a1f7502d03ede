import { expect, type Page } from "@playwright/test";
import { errorTitle } from "@/lib/errors";
import { alert, studio, test } from "../fixtures/browsers";
import {
  auditHead,
  goOnBy,
  logInBy,
  type Provider,
  protocolViolations,
  refusalsSince,
} from "../fixtures/identity";

/** Tests of one file run one after another, so that the audit log's lines can be told apart. */
test.describe.configure({ mode: "default" });

test.afterEach(async () => {
  expect(await protocolViolations()).toEqual([]);
});

async function expectRefusal(page: Page, code: "provider_failed" | "provider_denied") {
  await expect(alert(page)).toHaveText(errorTitle(code, "ko"));
  await expect(page).toHaveURL(`/login?problem=${code}`);
  const names = (await page.context().cookies()).map(({ name }) => name);
  for (const name of ["ax2-access", "ax2-refresh"]) expect(names).not.toContain(name);
}

/** What can be wrong with a provider's answer, and why the audit log says it was refused. */
const faults: [Provider, string, string][] = [
  ["google", "wrong_state", "state"],
  ["google", "missing_state", "state"],
  ["google", "wrong_nonce", "nonce"],
  ["google", "expired_token", "token"],
  ["google", "forged_token", "token"],
  ["google", "wrong_audience", "token"],
  ["google", "wrong_issuer", "token"],
  ["google", "code_replay", "token"],
  ["kakao", "wrong_state", "state"],
  ["kakao", "code_replay", "token"],
  ["naver", "wrong_state", "state"],
  ["naver", "code_replay", "token"],
];

for (const provider of ["google", "kakao", "naver"] as const) {
  test(`${provider}: an answer that isn't right signs nobody in`, async ({ page }) => {
    await page.goto("/login");
    for (const [, fault, reason] of faults.filter(([name]) => name === provider)) {
      await test.step(fault, async () => {
        const head = await auditHead();
        await goOnBy(page, provider, { fault });
        await expectRefusal(page, "provider_failed");
        expect(await refusalsSince(head, provider)).toContain(reason);
      });
    }
    await test.step("the person declines", async () => {
      const head = await auditHead();
      await goOnBy(page, provider, { deny: true });
      await expectRefusal(page, "provider_denied");
      expect(await refusalsSince(head, provider)).toContain("denied");
    });
    // A failed way doesn't stand in the next one's.
    await goOnBy(page, provider);
    await expect(page).toHaveURL(provider === "naver" ? "/sign-up/finish" : "/videos");
  });
}

test("an answer brought to another browser, or brought twice, signs nobody in", async ({
  page,
  openBrowser,
}) => {
  let answer = "";
  page.on("request", (request) => {
    if (request.url().includes("/api/auth/callback/kakao")) answer = request.url();
  });
  await logInBy(page, "kakao");
  await expect(page).toHaveURL("/videos");
  expect(answer).toContain("code=");
  const victim = await openBrowser();
  const head = await auditHead();
  await victim.goto(answer);
  await expectRefusal(victim, "provider_failed");
  expect(await refusalsSince(head, "kakao")).toContain("state");
  await page.context().clearCookies({ name: /ax2-(access|refresh)/ });
  await page.goto(answer);
  await expectRefusal(page, "provider_failed");
});

test("a provider that fails says so, and the way back stays on this site", async ({ page }) => {
  await logInBy(page, "google", { fault: "server_error" });
  await expectRefusal(page, "provider_failed");
  await page.goto(`/login?next=${encodeURIComponent("//evil.example")}`);
  await goOnBy(page, "google");
  await expect(studio(page)).toBeVisible();
  await expect(page).toHaveURL("/videos");
});
