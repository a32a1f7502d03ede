import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import { errorTitle } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { openSession } from "@/scripts/caption/session";
import { logInPage, mailTo, programSession, type TestAccount } from "../fixtures/account";
import {
  alert,
  expectFieldProblem,
  hydrated,
  logInByForm,
  prove,
  test,
} from "../fixtures/browsers";
import { ageProofs, auditAbout, query } from "../fixtures/database";
import { speechVideo } from "../fixtures/media";
import { openStream } from "../fixtures/open-stream";
import { endedJob, uploadFile } from "../fixtures/uploads";

const root = path.resolve(import.meta.dirname, "../..");

const confirmation = (page: Page) => page.getByLabel(/^확인을 위해/);
const deleteButton = (page: Page) => page.getByRole("button", { name: "계정 삭제", exact: true });

async function askForDeletion(page: Page, { email }: TestAccount): Promise<void> {
  await page.goto("/settings/account");
  await (await hydrated(confirmation(page))).fill(email);
  await deleteButton(page).click();
}

const expectGoodbye = (page: Page) =>
  expect(
    page.getByText("계정을 지우기로 했어요. 7일 안에 다시 로그인하면 취소돼요."),
  ).toBeVisible();

/** The hourly function finds what is due; asking for it by its event doesn't wait for the hour. */
async function eraseAsIfDue(userId: string): Promise<void> {
  await query("UPDATE users SET deletion_requested_at = now() - interval '8 days' WHERE id = $1", [
    userId,
  ]);
  await query("INSERT INTO outbox (id, name, data) VALUES ($1, $2, $3)", [
    `account-erase-${userId}-${newId()}`,
    "account/erase.requested",
    JSON.stringify({ userId }),
  ]);
  await query("SELECT pg_notify('outbox', '')");
}

/** What `npm run accounts:orphans` prints. */
async function orphans(): Promise<string> {
  const env = { ...process.env, AX2_DATA_DIR: process.env.E2E_DATA_DIR };
  const run = promisify(execFile)("npm", ["run", "--silent", "accounts:orphans"], {
    cwd: root,
    env,
  });
  return run.then(
    ({ stdout }) => stdout,
    (failure: { stdout: string; stderr: string }) => failure.stdout + failure.stderr,
  );
}

test("an account is deleted: the files at once, the rest after seven days, unless they come back", async ({
  page,
  openBrowser,
  url,
}) => {
  const program = await programSession(url);
  const { email, password } = program;
  const { videoId, jobId } = await uploadFile(program, await speechVideo("mp4"), { caption: true });
  const job = await endedJob(program, jobId ?? "");
  expect(job.status).toBe("completed");
  const trackId = job.tracks[0]?.id;
  const stream = await openStream(program, email);
  await logInPage(page, program);
  const device = await openBrowser();
  await logInPage(device, program);
  await device.goto("/videos");
  await ageProofs(email);

  await page.goto("/settings/account");
  const field = await hydrated(confirmation(page));
  await field.fill("somebody@example.test");
  await deleteButton(page).click();
  await expectFieldProblem(field, "달라요. 그대로 입력해 주세요.");
  await field.fill(` ${email.toUpperCase()}`);
  await deleteButton(page).click();
  await prove(page, program);
  await expectGoodbye(page);

  // Everybody is out, and what was streaming has stopped.
  for (const where of [page, device]) {
    await where.goto("/videos");
    await expect(where).toHaveURL("/login?next=%2Fvideos");
  }
  await expect.poll(stream.isOpen).toBe(false);
  expect((await program.fetch("/api/v1/me")).status).toBe(401);
  const asked = await mailTo(url, email, "deletion-asked");
  expect(asked.text).toContain("그 전에 로그인하면 취소돼요.");
  expect(await auditAbout(email)).toContain("user_deletion_requested");

  // They come back in time: the subtitles are there, the files are not.
  await logInByForm(page, { email, password });
  await expect(page).toHaveURL("/videos");
  await expect(page.getByText("영상 파일은 지워졌고 자막은 남아 있어요.")).toBeVisible();
  await mailTo(url, email, "deletion-cancelled");
  expect(await auditAbout(email)).toContain("user_deletion_cancelled");
  for (const part of ["media", "original", "thumbnail"]) {
    const answer = await page.request.get(`/api/v1/videos/${videoId}/${part}`);
    expect(answer.status(), part).toBe(410);
  }
  const subtitles = await page.request.get(`/api/v1/tracks/${trackId}/export?format=srt`);
  expect(await subtitles.text()).toMatch(/dashwood/i);

  // Once more, and this time nobody comes back.
  await askForDeletion(page, program);
  await expectGoodbye(page);
  const [row] = await query<{ id: string }>("SELECT id FROM users WHERE email = $1", [email]);
  const userId = row?.id ?? "";
  await eraseAsIfDue(userId);
  await mailTo(url, email, "account-deleted");
  await expect
    .poll(async () => {
      const [left] = await query<{ requested: Date | null; email: string | null }>(
        "SELECT deletion_requested_at AS requested, email FROM users WHERE id = $1",
        [userId],
      );
      return left;
    })
    .toEqual({ requested: null, email: null });
  for (const table of ["videos", "jobs", "tracks", "auth_sessions", "identities"]) {
    const owner = table === "auth_sessions" || table === "identities" ? "user_id" : "owner_id";
    const rows = await query(`SELECT 1 FROM ${table} WHERE ${owner} = $1`, [userId]);
    expect(rows, table).toEqual([]);
  }
  const audited = await query<{ name: string }>(
    "SELECT name FROM audit_events WHERE subject_id = $1 ORDER BY seq DESC LIMIT 1",
    [userId],
  );
  expect(audited).toEqual([{ name: "user_deleted" }]);

  // A log-in reads as for an address that never had an account; nothing is left anywhere.
  await page.goto("/login");
  await logInByForm(page, { email, password });
  await expect(alert(page)).toHaveText(errorTitle("credentials_rejected", "ko"));
  await expect(openSession({ url, email, password })).rejects.toMatchObject({
    code: "credentials_rejected",
  });
  const found = await orphans();
  expect(found).toMatch(/^Orphans: \d+/);
  for (const id of [userId, videoId, jobId ?? "", trackId ?? ""]) expect(found).not.toContain(id);
});
