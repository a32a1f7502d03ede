import { randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { errorTitle } from "@/lib/errors";
import {
  freshAccount,
  linkIn,
  mailKinds,
  mailTo,
  makeAccount,
  type TestAccount,
} from "../fixtures/account";
import { expectFieldProblem, logInByForm, studio, test } from "../fixtures/browsers";
import { auditAbout, query } from "../fixtures/database";

async function signUpByForm(page: Page, { email, password }: TestAccount): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("이름").fill("김하늘");
  await page.getByLabel("이메일", { exact: true }).fill(email);
  await page.getByLabel("비밀번호", { exact: true }).fill(password);
  await submit(page);
}

const submit = (page: Page) => page.getByRole("button", { name: "가입하기", exact: true }).click();
const sent = (page: Page) => page.getByRole("heading", { name: "메일을 보냈어요" });

test("a mail finishes a sign-up, sent again if wanted, and works once", async ({ page, url }) => {
  const account = freshAccount();
  await signUpByForm(page, account);
  await expect(sent(page)).toBeVisible();
  await expect(page.getByText(`${account.email} 주소로 확인 메일을 보냈어요.`)).toBeVisible();
  // Nothing is taken in advance: the account begins with the mail.
  expect(await query("SELECT 1 FROM users WHERE email = $1", [account.email])).toEqual([]);
  const first = linkIn(await mailTo(url, account.email, "sign-up"));
  await page.getByRole("button", { name: "메일 다시 보내기" }).click();
  await expect(page.getByText("다시 보냈어요.")).toBeVisible();
  await expect.poll(() => mailKinds(url, account.email)).toEqual(["sign-up", "sign-up"]);
  const second = linkIn(await mailTo(url, account.email, "sign-up"));
  expect(second).not.toBe(first);

  await page.goto(second);
  await expect(page.getByText(`김하늘님, ${account.email} 주소로 가입을`)).toBeVisible();
  await expect(page.getByLabel("비밀번호", { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "확인하고 시작하기" }).click();
  await expect(studio(page)).toBeVisible();
  await expect(page).toHaveURL("/videos");
  expect(await auditAbout(account.email)).toEqual([
    "user_created",
    "credits_granted",
    "authn_login_success",
    "session_created",
  ]);

  // Both links have had their day.
  for (const link of [first, second]) {
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "쓸 수 없는 링크예요" })).toBeVisible();
  }
  await expect(page.getByRole("link", { name: "다시 가입하기" })).toHaveAttribute(
    "href",
    "/sign-up",
  );
});

test("in another browser the mail alone opens nothing", async ({ page, openBrowser, url }) => {
  const account = freshAccount();
  await signUpByForm(page, account);
  await expect(sent(page)).toBeVisible();
  const link = linkIn(await mailTo(url, account.email, "sign-up"));

  const elsewhere = await openBrowser();
  await elsewhere.goto(link);
  await expect(elsewhere.getByText("가입한 브라우저와 달라서")).toBeVisible();
  const password = elsewhere.getByLabel("비밀번호", { exact: true });
  const confirm = elsewhere.getByRole("button", { name: "확인하고 시작하기" });
  await confirm.click();
  await expectFieldProblem(password, "비밀번호를 입력해 주세요.");
  await password.fill("not what they chose");
  await confirm.click();
  await expectFieldProblem(password, "비밀번호가 맞지 않아요.");
  expect(await query("SELECT 1 FROM users WHERE email = $1", [account.email])).toEqual([]);
  await password.fill(account.password);
  await confirm.click();
  await expect(studio(elsewhere)).toBeVisible();
  // The browser that began it isn't signed in by that.
  await page.goto("/videos");
  await expect(page).toHaveURL("/login?next=%2Fvideos");
});

test("an address that is taken reads the same, and its owner hears of it", async ({
  page,
  openBrowser,
  url,
}) => {
  const owner = await makeAccount(url);
  const stranger = freshAccount();
  const other = await openBrowser();
  const texts: string[] = [];
  for (const [where, { email }] of [
    [page, owner],
    [other, stranger],
  ] as const) {
    await signUpByForm(where, { email, password: "somebody else's long password" });
    await expect(sent(where)).toBeVisible();
    texts.push(((await where.locator("main").textContent()) ?? "").replaceAll(email, "ADDRESS"));
  }
  expect(texts[0]).toBe(texts[1]);
  const mail = await mailTo(url, owner.email, "sign-up-taken");
  expect(mail.subject).toBe("이미 계정이 있어요");
  expect(mail.text).toContain(`${url}/login`);
  expect(mail.text).not.toContain("token=");
  // The owner's password is what it was.
  await page.goto("/login");
  await logInByForm(page, owner);
  await expect(studio(page)).toBeVisible();
});

test("a password that is short, leaked or easily guessed is refused beside its field", async ({
  page,
}) => {
  const { email } = freshAccount();
  const weak = errorTitle("password_too_weak", "ko");
  const leaked = errorTitle("password_leaked", "ko");
  const password = page.getByLabel("비밀번호", { exact: true });
  await signUpByForm(page, { email, password: "" });
  await expectFieldProblem(password, "비밀번호를 입력해 주세요.");
  await expect(password).toBeFocused();
  // The texts alternate, so that none is taken for the one before.
  for (const [choice, text] of [
    ["short pass", weak],
    ["aaaaaaaaaaaaaaaa", leaked],
    [`${email.split("@")[0]}1`, weak],
    ["qwerty123456", leaked],
    ["가".repeat(257), "비밀번호는 256자까지 정할 수 있어요."],
  ] as const) {
    await password.fill(choice);
    await submit(page);
    await expectFieldProblem(password, text);
    // What was typed into the other fields is still there.
    await expect(page.getByLabel("이메일", { exact: true })).toHaveValue(email);
    await expect(page.getByLabel("이름")).toHaveValue("김하늘");
  }
  await page.getByLabel("이메일", { exact: true }).fill("no address");
  await submit(page);
  const field = page.getByLabel("이메일", { exact: true });
  await expectFieldProblem(field, "이메일 주소를 확인해 주세요.");
});

test("a password manager's long password can be pasted, looked at and used", async ({
  page,
  context,
  openBrowser,
  url,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { email } = freshAccount();
  const long = `한글 🔑 ${randomBytes(120).toString("base64url")}`;
  expect(long.length).toBeGreaterThan(128);
  const password = page.getByLabel("비밀번호", { exact: true });
  const paste = async () => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), long);
    await password.click();
    await page.keyboard.press("ControlOrMeta+V");
  };
  await page.goto("/sign-up");
  await page.getByLabel("이름").fill("김하늘");
  await page.getByLabel("이메일", { exact: true }).fill(email);
  await paste();
  await page.getByRole("button", { name: "비밀번호 보기" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await expect(password).toHaveValue(long);
  await page.getByRole("button", { name: "비밀번호 숨기기" }).click();
  await submit(page);
  await expect(sent(page)).toBeVisible();
  const elsewhere = await openBrowser();
  await elsewhere.goto(linkIn(await mailTo(url, email, "sign-up")));
  await elsewhere.getByLabel("비밀번호", { exact: true }).fill(long);
  await elsewhere.getByRole("button", { name: "확인하고 시작하기" }).click();
  await expect(studio(elsewhere)).toBeVisible();

  await page.goto("/login");
  await page.getByLabel("이메일", { exact: true }).fill(email);
  await paste();
  await page.getByRole("button", { name: "로그인", exact: true }).click();
  await expect(studio(page)).toBeVisible();
});
