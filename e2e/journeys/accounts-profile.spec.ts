import { expect, type Page } from "@playwright/test";
import sharp from "sharp";
import { errorTitle } from "@/lib/errors";
import {
  freshAccount,
  linkIn,
  logInPage,
  mailKinds,
  mailTo,
  makeAccount,
  signInPage,
} from "../fixtures/account";
import {
  alert,
  expectFieldProblem,
  hydrated,
  logInByForm,
  prove,
  test,
} from "../fixtures/browsers";
import { ageProofs, auditAbout, query } from "../fixtures/database";

const menu = (page: Page) => page.getByRole("button", { name: /^(계정 메뉴|Account menu)$/ });

/** A picture of two halves: what is cut out of it can be told by its colour. */
async function twoHalves(): Promise<Buffer> {
  const half = (r: number, g: number, b: number) => ({
    create: { width: 400, height: 400, channels: 3 as const, background: { r, g, b } },
  });
  const [red, blue] = [half(220, 20, 20), half(20, 20, 220)];
  const right = await sharp(blue).png().toBuffer();
  return sharp(red)
    .extend({ right: 400 })
    .composite([{ input: right, left: 400, top: 0 }])
    .png()
    .toBuffer();
}

test("name, language, colours and mails are kept, for other browsers too", async ({
  page,
  openBrowser,
  url,
}) => {
  const account = await signInPage(page, url);
  await page.goto("/settings");
  const name = await hydrated(page.getByLabel("이름"));
  await name.fill("   ");
  const form = page.locator("form", { has: name });
  await form.getByRole("button", { name: "저장", exact: true }).click();
  await expectFieldProblem(name, "이름을 1자에서 80자 사이로 적어 주세요.");
  await name.fill("  새 이름 ");
  await name.press("Enter");
  await expect(page.getByText("저장했어요").first()).toBeVisible();
  await menu(page).click();
  await expect(page.getByRole("menu")).toContainText("새 이름");
  await page.keyboard.press("Escape");

  const completed = page.getByRole("switch", { name: "자막이나 번역이 완성되면" });
  const failed = page.getByRole("switch", { name: "자막이나 번역을 만들지 못하면" });
  await expect(completed).not.toBeChecked();
  await expect(failed).toBeChecked();
  const saved = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await completed.click();
  await saved;
  const savedAgain = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await failed.click();
  await savedAgain;
  await page.getByRole("radio", { name: "어둡게" }).check();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.reload();
  await expect(completed).toBeChecked();
  await expect(failed).not.toBeChecked();
  await expect(page.getByRole("radio", { name: "어둡게" })).toBeChecked();
  await expect(page.getByLabel("이름")).toHaveValue("새 이름");

  await (await hydrated(page.locator("#settings-language"))).click();
  await page.getByRole("option", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();

  // A browser in which nothing was chosen takes it over with the log-in.
  const other = await openBrowser({ colorScheme: "light" });
  await other.goto("/login");
  await logInByForm(other, account);
  await expect(other).toHaveURL("/videos");
  await expect(other.locator("html")).toHaveAttribute("lang", "en");
  await expect(other.locator("html")).toHaveClass(/dark/);
  await other.goto("/jobs");
  await expect(other.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
});

test("a photo is cropped, shown in the menu and to nobody else, and taken away", async ({
  page,
  openBrowser,
  url,
}) => {
  await signInPage(page, url);
  await page.goto("/settings");
  await hydrated(page.getByRole("button", { name: "사진 고르기" }));
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    page.getByLabel("사진 파일").setInputFiles({ name, mimeType, buffer });
  await choose("page.png", "image/png", Buffer.from("<script>alert(1)</script>"));
  await expect(alert(page)).toHaveText(errorTitle("photo_unreadable", "ko"));

  await choose("halves.png", "image/png", await twoHalves());
  const dialog = page.getByRole("dialog", { name: "사진 자르기" });
  const area = dialog.getByRole("application");
  await area.focus();
  // All the way to the picture's left edge: only the red half is framed.
  for (let press = 0; press < 60; press++) await page.keyboard.press("ArrowRight");
  await dialog.getByRole("button", { name: "이 사진으로 하기" }).click();
  await expect(dialog).toBeHidden();
  const photo = menu(page).locator("img");
  await expect(photo).toBeVisible();
  const address = (await photo.getAttribute("src")) ?? "";
  const answer = await page.request.get(address);
  expect(answer.headers()["content-type"]).toBe("image/webp");
  expect(answer.headers()["cache-control"]).toMatch(/private|no-store/);
  const { dominant } = await sharp(await answer.body()).stats();
  const { width, height } = await sharp(await answer.body()).metadata();
  expect(width).toBe(height);
  expect(dominant.r).toBeGreaterThan(150);
  expect(dominant.b).toBeLessThan(100);

  const stranger = await openBrowser();
  expect((await stranger.request.get(address)).status()).toBe(401);
  await signInPage(stranger, url);
  expect((await stranger.request.get(address)).status()).toBe(404);

  await page.getByRole("button", { name: "없애기" }).click();
  await expect(photo).toHaveCount(0);
  expect((await page.request.get(address)).status()).toBe(404);
});

test("a new address counts once its mail is opened, and the old one is told", async ({
  page,
  openBrowser,
  url,
}) => {
  const account = await makeAccount(url);
  await logInPage(page, account);
  const { email: next } = freshAccount();
  await ageProofs(account.email);
  await page.goto("/settings");
  await (await hydrated(page.getByRole("button", { name: "바꾸기", exact: true }))).click();
  const dialog = page.getByRole("dialog", { name: "이메일 바꾸기" });
  const field = dialog.getByLabel("새 이메일");
  await field.fill("no address");
  await dialog.getByRole("button", { name: "확인 메일 보내기" }).click();
  await expectFieldProblem(field, "이메일 주소를 확인해 주세요.");
  await field.fill(next.toUpperCase());
  await dialog.getByRole("button", { name: "확인 메일 보내기" }).click();
  await prove(page, account);
  await expect(page.getByText(`${next} 주소로 메일을 보냈어요.`)).toBeVisible();
  const mail = await mailTo(url, next, "email-change");
  const warning = await mailTo(url, account.email, "email-change-asked");
  expect(warning.text).toContain(next);
  expect(warning.text).not.toContain("token=");

  // Until the link is opened nothing has changed.
  const elsewhere = await openBrowser();
  await elsewhere.goto(linkIn(mail));
  await expect(elsewhere.getByText(`계정의 이메일을 ${next} 주소로 바꿔요.`)).toBeVisible();
  expect(await query("SELECT 1 FROM users WHERE email = $1", [next])).toEqual([]);
  // The mail may be somebody else's, where the address was mistyped: it takes the password, too.
  const password = elsewhere.getByLabel("비밀번호", { exact: true });
  await password.fill("not the password");
  await elsewhere.getByRole("button", { name: "이 주소로 바꾸기" }).click();
  await expectFieldProblem(password, "비밀번호가 맞지 않아요.");
  expect(await query("SELECT 1 FROM users WHERE email = $1", [next])).toEqual([]);
  await password.fill(account.password);
  await elsewhere.getByRole("button", { name: "이 주소로 바꾸기" }).click();
  await expect(elsewhere.getByText("이메일을 바꿨어요. 새 주소로 로그인해 주세요.")).toBeVisible();
  await mailTo(url, account.email, "email-changed");
  await page.reload();
  await expect(page.getByRole("main")).toContainText(next);
  await logInByForm(elsewhere, account);
  await expect(alert(elsewhere)).toHaveText(errorTitle("credentials_rejected", "ko"));
  await logInByForm(elsewhere, { ...account, email: next });
  await expect(elsewhere).toHaveURL("/videos");
  expect(await auditAbout(next)).toContain("user_updated");
  await page.goto(linkIn(mail));
  await expect(page.getByRole("heading", { name: "쓸 수 없는 링크예요" })).toBeVisible();

  // Where they are logged in, a press is enough.
  const { email: third } = freshAccount();
  expect((await page.request.post("/api/v1/me/email", { data: { email: third } })).status()).toBe(
    202,
  );
  await page.goto(linkIn(await mailTo(url, third, "email-change")));
  await page.getByRole("button", { name: "이 주소로 바꾸기" }).click();
  await expect(page.getByRole("heading", { name: "이메일을 바꿨어요" })).toBeVisible();
  await mailTo(url, next, "email-changed");
});

test("an address that somebody else has reads the same and changes nothing", async ({
  page,
  url,
}) => {
  const [account, other] = [await signInPage(page, url), await makeAccount(url)];
  await page.goto("/settings");
  await (await hydrated(page.getByRole("button", { name: "바꾸기", exact: true }))).click();
  await page.getByLabel("새 이메일").fill(other.email);
  await page.getByRole("button", { name: "확인 메일 보내기" }).click();
  await expect(page.getByText(`${other.email} 주소로 메일을 보냈어요.`)).toBeVisible();
  await mailTo(url, other.email, "sign-up-taken");
  expect(await mailKinds(url, other.email)).not.toContain("email-change");
  const { account: view } = await (await page.request.get("/api/v1/me")).json();
  expect(view.email).toBe(account.email);
});
