import { createHash } from "node:crypto";
import { appendFile, copyFile, mkdtemp, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { VideoView } from "@/lib/videos/schema";
import { signInPage } from "../fixtures/account";
import { chooseFile } from "../fixtures/choose-file";
import { spendAll } from "../fixtures/database";
import { speechVideo } from "../fixtures/media";

const mib = 1024 ** 2;

/** A real MP4 of many parts: the clip, then a `free` box, which readers pass over. */
async function largeVideo(sizeMib: number): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "ax2-large-"));
  const file = path.join(folder, "큰 영상.mp4");
  await copyFile(await speechVideo("mp4"), file);
  const box = Buffer.alloc(sizeMib * mib, 7);
  box.writeUInt32BE(box.length, 0);
  box.write("free", 4, "latin1");
  await appendFile(file, box);
  return file;
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

async function onlyVideo(page: Page): Promise<VideoView> {
  const { videos } = await (await page.request.get("/api/v1/videos")).json();
  expect(videos).toHaveLength(1);
  return videos[0];
}

/** Sends parts slowly enough that something can happen in between. */
async function slowParts(page: Page, delayMs: number): Promise<{ sent: () => number }> {
  let sent = 0;
  await page.route("**/api/blob/mpu**", async (route) => {
    if (route.request().headers()["x-mpu-action"] === "upload") {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      sent += 1;
    }
    await route.continue().catch(() => undefined);
  });
  return { sent: () => sent };
}

async function choose(page: Page, file: string): Promise<void> {
  await page.goto("/upload");
  await chooseFile(page, file);
}

/** Orders subtitles of the only file on the list at the price that its row shows. */
async function orderSubtitles(page: Page): Promise<void> {
  await expect(page.getByText("시작 후 남는 크레딧")).toBeVisible();
  await page.getByRole("button", { name: /^자막 만들기 · \d+크레딧$/ }).click();
}

/** The same, where another tab may be faster. */
async function orderUnlessOrdered(page: Page): Promise<void> {
  const order = page.getByRole("button", { name: /^자막 만들기 · \d+크레딧$/ });
  const ordered = page.getByText(/다 올라가면 자막을 만들어요|자막을 만들고 있어요/).first();
  await expect(order.or(ordered)).toBeVisible();
  await order.click({ timeout: 3_000 }).catch(() => undefined);
  await expect(ordered).toBeVisible();
}

test("a reload in the middle goes on with the parts that are there", async ({ page, baseURL }) => {
  await signInPage(page, baseURL ?? "");
  const file = await largeVideo(72);
  const { sent } = await slowParts(page, 700);
  await choose(page, file);
  const sentBytes = async () => {
    const { videos } = await (await page.request.get("/api/v1/videos")).json();
    return videos[0]?.upload?.sentBytes ?? 0;
  };
  await expect.poll(sentBytes, { timeout: 30_000 }).toBeGreaterThan(0);
  await page.reload();
  await expect(page.getByText("다 올렸어요")).toBeVisible({ timeout: 60_000 });
  const video = await onlyVideo(page);
  const parts = Math.ceil(video.sizeBytes / (8 * mib));
  // Parts on their way at the reload are sent again; finished ones are not.
  expect(sent()).toBeLessThanOrEqual(parts + 4);
  const back = await page.request.get(video.downloadUrl ?? "");
  expect(sha256(await back.body())).toBe(sha256(await readFile(file)));
});

test("pause stops, going on finishes, and a failing part is sent again", async ({
  page,
  baseURL,
}) => {
  await signInPage(page, baseURL ?? "");
  const file = await largeVideo(40);
  let failures = 2;
  // Long enough to press pause on a busy machine, short once it has been pressed.
  let delayMs = 4_000;
  await page.route("**/api/blob/mpu**", async (route) => {
    const isPart = route.request().headers()["x-mpu-action"] === "upload";
    if (isPart) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (isPart && failures-- > 0) return route.abort("connectionreset");
    await route.continue().catch(() => undefined);
  });
  await choose(page, file);
  await page.getByRole("button", { name: /멈추기/ }).click();
  await expect(page.getByText(/^멈춤/)).toBeVisible();
  delayMs = 100;
  await page.getByRole("button", { name: /이어서 올리기/ }).click();
  await expect(page.getByText("다 올렸어요")).toBeVisible({ timeout: 60_000 });
  const video = await onlyVideo(page);
  const back = await page.request.get(video.downloadUrl ?? "");
  expect(sha256(await back.body())).toBe(sha256(await readFile(file)));
});

test("two tabs with the same file make one video and one job", async ({
  page,
  context,
  baseURL,
}) => {
  await signInPage(page, baseURL ?? "");
  const file = await largeVideo(24);
  await slowParts(page, 300);
  const other = await context.newPage();
  await Promise.all([page, other].map((tab) => choose(tab, file)));
  await Promise.all([page, other].map(orderUnlessOrdered));
  for (const tab of [page, other]) {
    await expect(tab.getByText("다 올렸어요").first()).toBeVisible({ timeout: 60_000 });
  }
  const video = await onlyVideo(page);
  expect(video.upload).toBeNull();
  const { jobs } = await (await page.request.get("/api/v1/jobs")).json();
  expect(jobs).toHaveLength(1);
});

test("subtitles ordered during an upload outlast a reload and start at the price shown", async ({
  page,
  baseURL,
}) => {
  await signInPage(page, baseURL ?? "");
  await slowParts(page, 700);
  await choose(page, await largeVideo(40));
  await orderSubtitles(page);
  await expect(page.getByText(/다 올라가면 자막을 만들어요/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/다 올라가면 자막을 만들어요/)).toBeVisible();
  await expect(page.getByText("자막을 만들고 있어요.")).toBeVisible({ timeout: 60_000 });
  const { jobs } = await (await page.request.get("/api/v1/jobs")).json();
  expect(jobs).toHaveLength(1);
  expect(jobs[0].credits).toMatchObject({ captured: 0, released: 0 });
});

test("without enough credits the video is there, and the page says how many are lacking", async ({
  page,
  baseURL,
}) => {
  const { email } = await signInPage(page, baseURL ?? "");
  await spendAll(email);
  await choose(page, await speechVideo("mp4"));
  await expect(page.getByText("다 올렸어요")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/크레딧이 모자라요/)).toBeVisible();
  await expect(page.getByRole("link", { name: "충전하기" })).toBeVisible();
  const { jobs } = await (await page.request.get("/api/v1/jobs")).json();
  expect(jobs).toEqual([]);
});

test("a refused file says why, in place, and nothing is stored", async ({ page, baseURL }) => {
  await signInPage(page, baseURL ?? "");
  await page.goto("/upload");
  await chooseFile(page, {
    name: "notes.mp4",
    mimeType: "video/mp4",
    buffer: Buffer.from("these are notes\n".repeat(500)),
  });
  await expect(page.getByRole("alert").filter({ hasText: "MP4, MOV, AVI, WEBM" })).toBeVisible();
  const { videos } = await (await page.request.get("/api/v1/videos")).json();
  expect(videos).toEqual([]);
});
