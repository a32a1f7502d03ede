import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { freshAccount, linkIn, mailTo, makeAccount, signInPage } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { logInBy } from "../fixtures/identity";
import { publicPages, studioPages } from "../fixtures/pages";

const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

/** Pages that only their mail or their way leads to. */
async function pagesOnTheWay(page: Page, url: string): Promise<string[]> {
  const [waiting, known] = [freshAccount(), await makeAccount(url)];
  await page.request.post("/api/v1/auth/sign-up", { data: { ...waiting, name: "시험" } });
  await page.request.post("/api/v1/auth/password-reset", { data: { email: known.email } });
  return [
    linkIn(await mailTo(url, waiting.email, "sign-up")),
    linkIn(await mailTo(url, known.email, "password-reset")),
  ];
}

for (const locale of ["ko", "en"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    const look = async (page: Page, path: string) => {
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // A mail isn't our page, and in its sandboxed frame no script can look at it.
      const builder = new AxeBuilder({ page }).withTags(tags).exclude("iframe");
      const { violations } = await builder.setLegacyMode(path === "/outbox").analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    };

    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });
      test.beforeEach(({ context, url }) =>
        context.addCookies([{ name: "NEXT_LOCALE", value: locale, url }]),
      );

      test("no violations that axe sees on the way in", async ({ page, url }) => {
        for (const path of [...publicPages, ...(await pagesOnTheWay(page, url))]) {
          await page.goto(path);
          await look(page, path);
        }
        if (locale === "ko") {
          await logInBy(page, "naver");
          await look(page, "/sign-up/finish");
        }
      });

      test("no violations that axe sees in the studio", async ({ page, url }) => {
        await signInPage(page, url);
        for (const path of studioPages) {
          await page.goto(path);
          await look(page, path);
        }
      });
    });
  }
}
