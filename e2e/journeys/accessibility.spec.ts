import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { signInPage } from "../fixtures/account";

const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const publicPages = ["/", "/login", "/sign-up"];
const studioPages = [
  "/videos",
  "/upload",
  "/jobs",
  "/settings",
  "/settings/security",
  "/settings/sessions",
  "/settings/account",
];

for (const locale of ["ko", "en"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`no violations that axe sees, ${locale}, ${colorScheme}`, async ({
      page,
      context,
      baseURL,
    }) => {
      await context.addCookies([{ name: "NEXT_LOCALE", value: locale, url: baseURL ?? "" }]);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const look = async (path: string) => {
        await page.goto(path);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
        expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      };
      for (const path of publicPages) await look(path);
      await signInPage(page, baseURL ?? "");
      for (const path of studioPages) await look(path);
    });
  }
}
