import { expect, type Page } from "@playwright/test";
import type { ReceiptView } from "@/lib/credits/schema";
import { signInPage } from "../fixtures/account";
import { hydrated, test } from "../fixtures/browsers";
import { chooseFile } from "../fixtures/choose-file";
import { walletOf } from "../fixtures/credits";
import { fundAccount } from "../fixtures/database";
import { koreanVideo, speechVideo } from "../fixtures/media";
import { chooseSpoken, chooseTargets, jobEnded, languageRow } from "../fixtures/orders";
import { orderFaults } from "../fixtures/translators";

/** Letters that only subtitles in the language have. */
const scripts: Record<string, RegExp> = {
  한국어: /[가-힣]/,
  영어: /[a-z]{3}/i,
  일본어: /[\u3040-\u30ff]/,
  스페인어: /[a-z]{3}/i,
};

async function receiptOf(page: Page, jobId: string): Promise<ReceiptView> {
  return (await (await page.request.get(`/api/v1/jobs/${jobId}/receipt`)).json()).receipt;
}

test("a Korean video into three languages, one of which fails and is tried again", async ({
  page,
  context,
  url,
}) => {
  test.setTimeout(240_000);
  const korean = await koreanVideo(20);
  if (!korean) process.stdout.write("No Korean recording beside the repository: in English.\n");
  const [spoken, others] = korean ? ["한국어", ["영어", "일본어"]] : ["영어", ["한국어", "일본어"]];
  // No other journey translates into Spanish.
  const fault = await orderFaults(
    { target: "es" },
    { deepl: { kind: "quota" }, chat: { kind: "insufficient_quota" } },
  );
  const { email } = await signInPage(page, url);
  await fundAccount(email, 100);
  const before = await walletOf(email);

  await page.goto("/upload");
  await (await hydrated(page.getByRole("button", { name: "모든 파일의 옵션 바꾸기" }))).click();
  await chooseSpoken(page, spoken);
  await chooseTargets(page, [...others, "스페인어"]);
  await expect(page.getByText(`${spoken} → ${others.join(", ")} 및 스페인어`)).toBeVisible();
  await chooseFile(page, korean ?? (await speechVideo("mp4")));
  const order = page.getByRole("button", { name: /^자막 만들기 · \d+크레딧$/ });
  const total = Number(/\d+/.exec((await order.textContent({ timeout: 30_000 })) ?? "")?.[0]);
  await order.click();
  await page.getByRole("link", { name: "진행 보기" }).click({ timeout: 60_000 });
  await page.waitForURL(/\/jobs\//);
  const jobId = page.url().split("/").at(-1) ?? "";

  await jobEnded(page, "번역 1개는 못 끝냈어요", 150_000);
  for (const name of others) await expect(languageRow(page, name)).toContainText("끝남");
  const row = languageRow(page, "스페인어");
  await expect(row).toContainText("번역 서비스의 사용 한도를 다 썼어요.");
  await expect(row).toContainText(/\d+크레딧을 돌려드렸어요/);

  // What the receipt sums up to is what has left the account.
  const first = await receiptOf(page, jobId);
  const amounts = Object.fromEntries(
    (first.attempts[0]?.lines ?? []).map(({ component, amount }) => [component, amount]),
  );
  const spanish = amounts["translate:es"] ?? 0;
  expect(spanish).toBeGreaterThan(0);
  const after = await walletOf(email);
  expect(after).toMatchObject({ held: 0, posted: before.posted - (total - spanish) });
  await page.goto(`/jobs/${jobId}/receipt`);
  await expect(page.getByText(`${total - spanish}크레딧`).first()).toBeVisible();
  await expect(page.getByText("번역 서비스의 사용 한도를 다 썼어요.")).toBeVisible();

  // The fault is over, and the language is tried again by itself.
  await fault.lift();
  await page.goto(`/jobs/${jobId}`);
  const retry = page.getByRole("button", { name: `스페인어 다시 시도 · ${spanish}크레딧` });
  await (await hydrated(retry)).click();
  await jobEnded(page, "자막이 완성됐어요");
  await expect(languageRow(page, "스페인어")).toContainText("끝남");
  const again = await receiptOf(page, jobId);
  const captured = again.attempts
    .flatMap(({ steps }) => steps)
    .filter(({ kind }) => kind === "capture");
  expect(captured.map(({ component }) => component).sort()).toEqual(Object.keys(amounts).sort());
  expect(await walletOf(email)).toMatchObject({ held: 0, posted: before.posted - total });

  // The history tells it in one row.
  await page.goto("/jobs");
  const listed = page
    .getByRole("row")
    .filter({ hasText: `${spoken} → ${others.join(", ")}, 스페인어` });
  await expect(listed).toContainText("완료");
  await expect(listed).toContainText(String(total));

  // Each language in the editor, chosen there; its quality a press away.
  await listed.getByRole("link").click();
  await page.getByRole("link", { name: "자막 보기", exact: true }).first().click();
  const list = page.getByRole("list", { name: "자막 목록" });
  for (const name of [spoken, ...others, "스페인어"]) {
    await (await hydrated(page.getByRole("combobox", { name: "자막 언어" }))).click();
    await page.getByRole("option", { name: new RegExp(`^${name}`) }).click();
    await expect(page.getByRole("combobox", { name: "자막 언어" })).toContainText(name);
    await expect(list).toContainText(scripts[name] as RegExp);
  }

  // The same job for somebody who reads English.
  await context.addCookies([{ name: "NEXT_LOCALE", value: "en", url }]);
  await page.goto(`/jobs/${jobId}`);
  await expect(languageRow(page, "Spanish")).toContainText("Finished");
});
