import { expect } from "@playwright/test";
import { errorTitle } from "@/lib/errors";
import { openSession } from "@/scripts/caption/session";
import {
  freshAccount,
  linkIn,
  logInPage,
  mailKinds,
  mailTo,
  makeAccount,
  programSession,
} from "../fixtures/account";
import {
  alert,
  expectFieldProblem,
  hydrated,
  logInByForm,
  prove,
  test,
} from "../fixtures/browsers";
import { ageProofs, auditAbout } from "../fixtures/database";
import { openStream } from "../fixtures/open-stream";

const newPassword = "seven quiet lighthouses at dawn";

test("a forgotten password is set anew by mail, and every device is out", async ({
  page,
  openBrowser,
  url,
}) => {
  const program = await programSession(url);
  const { email, password } = program;
  const stream = await openStream(program, email);
  const device = await openBrowser();
  await logInPage(device, program);
  await device.goto("/jobs");
  await expect(device.getByRole("heading", { level: 1, name: "작업" })).toBeVisible();

  await page.goto("/login");
  await page.getByRole("link", { name: "비밀번호를 잊었나요?" }).click();
  const texts: string[] = [];
  for (const address of [freshAccount().email, email]) {
    await page.goto("/reset");
    await page.getByLabel("이메일", { exact: true }).fill(address);
    await page.getByRole("button", { name: "링크 받기" }).click();
    await expect(page.getByRole("heading", { name: "메일을 보냈어요" })).toBeVisible();
    await expect(page.getByText(`${address} 주소로 가입한 계정이 있다면`)).toBeVisible();
    texts.push(((await page.locator("main").textContent()) ?? "").replaceAll(address, "ADDRESS"));
  }
  expect(texts[0]).toBe(texts[1]);

  // Any browser will do, and looking at the link uses nothing up.
  const link = linkIn(await mailTo(url, email, "password-reset"));
  const elsewhere = await openBrowser();
  await elsewhere.goto(link);
  await elsewhere.reload();
  await expect(elsewhere.getByText(`${email} 계정의 비밀번호를 바꿔요.`)).toBeVisible();
  const field = elsewhere.getByLabel("새 비밀번호", { exact: true });
  const change = elsewhere.getByRole("button", { name: "비밀번호 바꾸기" });
  await field.fill("qwerty123456");
  await change.click();
  await expectFieldProblem(field, errorTitle("password_leaked", "ko"));
  expect(stream.isOpen()).toBe(true);
  await field.fill(newPassword);
  await change.click();
  await expect(elsewhere.getByText("비밀번호를 바꿨어요. 새 비밀번호로 로그인")).toBeVisible();
  await expect(elsewhere).toHaveURL(/^[^?]+\/login/);

  // Nobody is in: not this browser, not the others, and what was streaming has stopped.
  await elsewhere.goto("/videos");
  await expect(elsewhere).toHaveURL("/login?next=%2Fvideos");
  await expect.poll(stream.isOpen).toBe(false);
  expect((await program.fetch("/api/v1/me")).status).toBe(401);
  await device.getByRole("link", { name: "영상", exact: true }).click();
  await expect(device.getByRole("heading", { level: 1, name: "로그인" })).toBeVisible();

  await logInByForm(elsewhere, { email, password });
  await expect(alert(elsewhere)).toHaveText(errorTitle("credentials_rejected", "ko"));
  await logInByForm(elsewhere, { email, password: newPassword });
  await expect(elsewhere).toHaveURL("/videos");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "쓸 수 없는 링크예요" })).toBeVisible();
  await mailTo(url, email, "password-changed");
  expect(await auditAbout(email)).toEqual(
    expect.arrayContaining([
      "authn_password_reset_requested",
      "authn_password_change",
      "session_revoked",
    ]),
  );
});

test("changing the password asks who it is and puts the other devices out at once", async ({
  page,
  openBrowser,
  url,
}) => {
  const account = await makeAccount(url);
  await logInPage(page, account);
  const device = await openBrowser();
  await logInPage(device, account);
  await device.goto("/videos");
  const program = await openSession({ url, ...account });
  const stream = await openStream(program, account.email);
  await ageProofs(account.email);

  await page.goto("/settings/security");
  const field = await hydrated(page.getByLabel("새 비밀번호", { exact: true }));
  const change = page.getByRole("button", { name: "비밀번호 바꾸기" });
  await field.fill("too short");
  await change.click();
  await expectFieldProblem(field, errorTitle("password_too_weak", "ko"));
  await field.fill(newPassword);
  await change.click();
  const dialog = page.getByRole("dialog", { name: "본인 확인" });
  await dialog.getByLabel("비밀번호", { exact: true }).fill("not my password");
  await dialog.getByRole("button", { name: "확인", exact: true }).click();
  await expectFieldProblem(
    dialog.getByLabel("비밀번호", { exact: true }),
    "비밀번호가 맞지 않아요.",
  );
  expect(await mailKinds(url, account.email)).not.toContain("password-changed");
  await prove(page, account);
  await expect(page.getByText("비밀번호를 저장했어요. 다른 기기에서는 로그아웃")).toBeVisible();

  await expect.poll(stream.isOpen).toBe(false);
  expect((await program.fetch("/api/v1/me")).status).toBe(401);
  await device.getByRole("link", { name: "작업", exact: true }).click();
  await expect(device.getByRole("heading", { level: 1, name: "로그인" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "설정" })).toBeVisible();
  await mailTo(url, account.email, "password-changed");
  const answer = await device.request.post("/api/v1/auth/log-in", { data: account });
  expect(answer.status()).toBe(401);
  await logInPage(device, { ...account, password: newPassword });
});
