import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { newId } from "@/lib/ids";
import { signInPage } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { fundAccount, query } from "../fixtures/database";

/** What the hint says that comes with every movement and every notice. */
const hint = (channel: string, email: string) =>
  query("SELECT pg_notify($1, id::text) FROM users WHERE email = $2", [channel, email]);

async function addNotice(email: string, title: string): Promise<void> {
  const values = JSON.stringify({ jobId: newId(), videoId: newId(), title });
  await query(
    `INSERT INTO notices (id, user_id, kind, data, dedupe_key, created_at)
     SELECT $1::uuid, id, 'job-completed', $2::jsonb, $1, now() FROM users WHERE email = $3`,
    [newId(), values, email],
  );
  await hint("notices_added", email);
}

async function available(email: string): Promise<number> {
  const [row] = await query<{ available: number }>(
    `SELECT posted - held AS available FROM credit_wallets
     WHERE owner_id = (SELECT id FROM users WHERE email = $1)`,
    [email],
  );
  return row?.available ?? 0;
}

const balance = (page: Page, credits: number) =>
  page.getByRole("link", { name: `크레딧 ${credits.toLocaleString("ko")}, 내 크레딧 보기` });

test("every tab shows the balance and hears of news by itself", async ({ page, context, url }) => {
  const { email } = await signInPage(page, url);
  const other = await context.newPage();
  await page.goto("/credits");
  await other.goto("/videos");
  const before = await available(email);
  await expect(balance(other, before)).toBeVisible();
  await fundAccount(email, 1_250);
  await hint("credits_changed", email);
  await expect(balance(page, before + 1_250)).toBeVisible();
  await expect(balance(other, before + 1_250)).toBeVisible();
  const headline = page.locator("p", { hasText: /^[\d,]+크레딧$/ });
  await expect(headline).toHaveText(`${(before + 1_250).toLocaleString("ko")}크레딧`);
  await expect(page.getByRole("cell", { name: "보상", exact: true })).toBeVisible();

  await addNotice(email, "바다의 하루");
  const toast = other.getByRole("listitem").filter({ hasText: "자막이 다 됐어요" });
  await expect(toast).toContainText("바다의 하루");
  await expect(other.getByRole("button", { name: "알림, 읽지 않은 것 1개" })).toBeVisible();
  await other.reload();
  await expect(other.getByRole("button", { name: "알림, 읽지 않은 것 1개" })).toBeVisible();
  // Older than the page now: the bell keeps it, no toast comes again.
  await expect(toast).toHaveCount(0);

  await page.getByRole("button", { name: "알림, 읽지 않은 것 1개" }).click();
  await page.getByRole("menuitem", { name: "알림 모두 보기" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "알림" })).toBeVisible();
  await page.getByRole("button", { name: "모두 읽음으로 표시" }).click();
  for (const each of [page, other]) {
    await expect(each.getByRole("button", { name: "알림", exact: true })).toBeVisible();
  }
});

test("the history is found by kind, days and words, and taken along", async ({ page, url }) => {
  const { email } = await signInPage(page, url);
  await fundAccount(email, 500);
  await page.goto("/credits/history");
  const rows = page.getByRole("row").filter({ hasText: "보상" });
  await expect(rows).toHaveCount(1);
  await page.getByRole("radio", { name: "사용" }).check({ force: true });
  await expect(page).toHaveURL(/kind=use/);
  await expect(page.getByText("맞는 내역이 없어요")).toBeVisible();
  await page.getByRole("radio", { name: "충전" }).check({ force: true });
  await expect(rows).toHaveCount(1);
  await page.getByLabel("시작 날짜").fill("2020-02-01");
  await page.getByLabel("끝 날짜").fill("2020-02-03");
  await expect(page).toHaveURL(/from=2020-02-01&to=2020-02-03/);
  await expect(rows).toHaveCount(0);
  await page.getByRole("button", { name: "모두 보기" }).click();
  await expect(rows).toHaveCount(1);

  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV로 받기" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(
    /^AX2 Caption 크레딧 이용 내역 \d{4}-\d\d-\d\d\.csv$/,
  );
  const text = await readFile(await download.path(), "utf8");
  expect(text).toMatch(/^\ufeff시각,종류,크레딧,/);
  expect(text).toMatch(/\+09:00,지급,500,\d+,,보상,,,,[0-9a-f-]{36}\r\n/);
});

test("somebody chooses below how many credits they are told", async ({ page, url }) => {
  await signInPage(page, url);
  await page.goto("/settings");
  const level = page.getByLabel("이보다 적게 남으면 알려 주세요");
  await expect(level).toHaveValue("30");
  const save = page.locator("form", { has: level }).getByRole("button", { name: "저장" });
  await level.fill("많이");
  await save.click();
  await expect(page.getByText("0에서 100000 사이의 숫자를 적어 주세요.")).toBeVisible();
  await level.fill("120");
  await save.click();
  await expect(page.getByText("저장했어요")).toBeVisible();
  await page.reload();
  await expect(level).toHaveValue("120");
});
