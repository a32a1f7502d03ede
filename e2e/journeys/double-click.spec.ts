import { expect, type Page, test } from "@playwright/test";
import type { JobView } from "@/lib/jobs/schema";
import { openSession } from "@/scripts/caption/session";
import { makeAccount } from "../fixtures/account";
import { speechVideo } from "../fixtures/media";
import { uploadFile } from "../fixtures/uploads";

async function jobsOf(page: Page): Promise<JobView[]> {
  return (await (await page.request.get("/api/v1/jobs")).json()).jobs;
}

test("a double click on each button does its work once", async ({ page, baseURL }) => {
  const url = baseURL ?? "";
  const { email, password } = await makeAccount(url);
  await page.goto("/login");
  await page.getByLabel("이메일").fill(email);
  await page.getByLabel("비밀번호", { exact: true }).fill(password);
  await page.getByRole("button", { name: "로그인", exact: true }).dblclick();
  await expect(page.getByRole("heading", { name: "아직 영상이 없어요" })).toBeVisible();

  const session = await openSession({ url, email, password });
  const { videoId } = await uploadFile(session, await speechVideo("mp4"));
  await page.goto(`/videos/${videoId}`);
  await page.getByRole("button", { name: /^자막 만들기 · / }).dblclick();
  await expect.poll(async () => (await jobsOf(page)).length).toBe(1);
  const [job] = await jobsOf(page);

  await page.goto(`/jobs/${job?.id}`);
  await page.getByRole("button", { name: "취소", exact: true }).dblclick();
  await page.getByRole("button", { name: "작업 취소" }).dblclick();
  await expect(page.getByText("취소한 작업이에요.")).toBeVisible();
  await page.getByRole("button", { name: /^다시 시도 · / }).dblclick();
  await expect(page.getByRole("link", { name: "자막 보기" })).toBeVisible({ timeout: 90_000 });
  const jobs = await jobsOf(page);
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toMatchObject({ status: "completed", attempt: 2 });
  expect(jobs[0]?.tracks).toHaveLength(1);
  // Held twice, given back once, charged once.
  const { held, captured, released } = jobs[0]?.credits ?? {};
  expect({ held, released }).toEqual({ held: 0, released: captured });
});
