import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import type { VideoView } from "@/lib/videos/schema";
import { makeAccount } from "../fixtures/account";
import { chooseFromMenu, hydrated, logInByForm, test } from "../fixtures/browsers";
import { chooseFile } from "../fixtures/choose-file";
import { query } from "../fixtures/database";
import { speechVideo } from "../fixtures/media";
import { claimQuestion, signUpHere, startTrial } from "../fixtures/trial";

async function beginTrial(page: Page): Promise<void> {
  await page.goto("/try");
  await startTrial(page);
}

async function uploadHere(page: Page): Promise<void> {
  await page.goto("/upload");
  await chooseFile(page, await speechVideo("mp4"));
  await expect(page.getByText("다 올렸어요")).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => videosHere(page).then(([video]) => video?.status)).toBe("ready");
}

async function videosHere(page: Page): Promise<VideoView[]> {
  return (await (await page.request.get("/api/v1/videos")).json()).videos;
}

async function creditsOf(email: string): Promise<number | undefined> {
  const [row] = await query<{ posted: number }>(
    "SELECT w.posted FROM credit_wallets w JOIN users u ON u.id = w.owner_id WHERE u.email = $1",
    [email],
  );
  return row?.posted;
}

test("somebody tries, signs up, and keeps what they made", async ({ page, url }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "가입 없이 해 보기" }).click();
  await expect(page).toHaveURL("/try");
  await beginTrial(page);
  await expect(page.getByText("체험 중 · 남은 30크레딧")).toBeVisible();
  await uploadHere(page);
  const [video] = await videosHere(page);

  // What needs an account leads to the sign-up.
  for (const path of ["/settings", "/credits/top-up", "/claim"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/^[^?]*\/sign-up\?next=/);
  }
  expect((await page.request.get("/api/v1/me")).status()).toBe(403);

  await page.goto("/credits");
  const { email } = await signUpHere(page, url);
  await expect(claimQuestion(page)).toBeVisible();
  await expect(page.getByText(`${email} 계정으로 옮겨요`)).toBeVisible();
  await expect(page.getByText(video?.title ?? "", { exact: true })).toBeVisible();
  expect(await creditsOf(email)).toBe(30);
  await (await hydrated(page.getByRole("button", { name: "내 계정으로 옮기기" }))).click();
  await page.waitForURL("/videos");
  await expect(page.getByText(video?.title ?? "").first()).toBeVisible();
  expect((await videosHere(page)).map(({ id }) => id)).toEqual([video?.id]);
  expect(await creditsOf(email)).toBe(60);
  const media = await page.request.get(`/api/v1/videos/${video?.id}/original`);
  expect(media.status()).toBe(200);

  // It was taken over: this browser has nothing more to try.
  await page.goto("/claim");
  await expect(page).toHaveURL("/videos");
  await expect(page.getByRole("complementary", { name: "체험 안내" })).toHaveCount(0);
});

test("who says no isn't asked again, and still finds the way", async ({ page, url }) => {
  await beginTrial(page);
  await uploadHere(page);
  await chooseFromMenu(page, "체험 끝내기");
  await page.waitForURL("/try");
  const account = await makeAccount(url);
  await page.goto("/login");
  await expect(page.getByRole("link", { name: "체험 이어 하기" })).toBeVisible();
  await logInByForm(page, account);
  await expect(claimQuestion(page)).toBeVisible();
  await (await hydrated(page.getByRole("button", { name: "옮기지 않기" }))).click();
  await page.waitForURL("/videos");
  expect(await videosHere(page)).toEqual([]);
  await chooseFromMenu(page, "로그아웃");
  await page.waitForURL("/");

  await page.goto("/login");
  await logInByForm(page, account);
  await page.waitForURL("/videos");
  await page.goto("/credits");
  await page.getByRole("link", { name: "내 계정으로 옮기기" }).click();
  await expect(claimQuestion(page)).toBeVisible();
  await (await hydrated(page.getByRole("button", { name: "내 계정으로 옮기기" }))).click();
  await page.waitForURL("/credits");
  expect(await videosHere(page)).toHaveLength(1);
  expect(await creditsOf(account.email)).toBe(90);
});

test("who ended the trial goes on where they were", async ({ page }) => {
  await beginTrial(page);
  await uploadHere(page);
  await chooseFromMenu(page, "체험 끝내기");
  await page.waitForURL("/try");
  expect((await page.request.get("/api/v1/videos")).status()).toBe(401);
  await (await hydrated(page.getByRole("button", { name: "체험 이어 하기" }))).click();
  await page.waitForURL("/videos");
  expect(await videosHere(page)).toHaveLength(1);
});

for (const locale of ["ko", "en"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

      test("no violations that axe sees while trying", async ({ page, context, url }) => {
        await context.addCookies([{ name: "NEXT_LOCALE", value: locale, url }]);
        const look = async (path: string) => {
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          const { violations } = await new AxeBuilder({ page })
            .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
            .analyze();
          expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
        };
        await look("/try");
        await page.request.post("/api/v1/trial");
        await look("/try");
        for (const path of ["/upload", "/videos", "/credits", "/notices"]) await look(path);
        const account = await makeAccount(url);
        await page.request.post("/api/v1/auth/log-in", { data: account });
        await look("/claim");
      });
    });
  }
}
