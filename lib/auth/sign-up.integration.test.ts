import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { auditOf, mailsTo, makeCaller, makeMember, tokenFor } from "@/lib/testing/people";
import type { ProviderProfile } from "./providers/profile";

let app: TestApp;
let signUp: typeof import("./sign-up");
let tokens: typeof import("./one-time-tokens");
let logIn: typeof import("./log-in");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [signUp, tokens, logIn, { transaction }, { db }] = await Promise.all([
    import("./sign-up"),
    import("./one-time-tokens"),
    import("./log-in"),
    import("@/lib/transaction"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

const newBrowser = () => randomBytes(32).toString("base64url");
const newAddress = () => `${newId()}@example.test`;
const password = "seventeen quiet harbours";
const caller = makeCaller();

const begin = (email: string, browser = newBrowser(), change: object = {}) =>
  signUp.beginSignUp({
    input: { email, password, name: "하늘", locale: "ko", ...change },
    browser,
    caller,
  });

const finish = (token: string, options: { browser?: string; password?: string } = {}) =>
  signUp.finishSignUp({
    input: { token, ...(options.password && { password: options.password }) },
    browser: options.browser,
    caller,
  });

const accountsWith = (email: string) => db().user.count({ where: { email } });

describe("a sign-up", () => {
  it("makes an account once its mail is opened in the same browser, not before", async () => {
    const [email, browser] = [newAddress(), newBrowser()];
    await begin(email, browser);
    expect(await accountsWith(email)).toBe(0);
    const token = await tokenFor(email, "sign-up");
    expect(await signUp.pendingSignUpOf(token, browser)).toMatchObject({
      email,
      sameBrowser: true,
    });
    const { userId } = await finish(token, { browser });
    const row = await db().user.findUniqueOrThrow({ where: { id: userId } });
    expect(row).toMatchObject({ email, name: "하늘", locale: "ko" });
    expect(await auditOf(userId)).toEqual([
      "user_created",
      "credits_granted",
      "authn_login_success",
      "session_created",
    ]);
    await expect(finish(token, { browser })).rejects.toMatchObject({ code: "token_invalid" });
    expect(await signUp.pendingSignUpOf(token, browser)).toBeUndefined();
  });

  it("in another browser needs the password that was chosen", async () => {
    const email = newAddress();
    await begin(email);
    const token = await tokenFor(email, "sign-up");
    const elsewhere = { browser: newBrowser() };
    await expect(finish(token, elsewhere)).rejects.toMatchObject({ code: "credentials_rejected" });
    const wrong = { ...elsewhere, password: "a wrong password" };
    await expect(finish(token, wrong)).rejects.toMatchObject({ code: "credentials_rejected" });
    expect(await accountsWith(email)).toBe(0);
    await expect(finish(token, { ...elsewhere, password })).resolves.toBeDefined();
  });

  it("can't be guessed in another browser without end", async () => {
    const email = newAddress();
    await begin(email);
    const token = await tokenFor(email, "sign-up");
    for (let guess = 0; guess < 10; guess++) {
      await finish(token, { password: "a wrong password" }).catch(() => undefined);
    }
    await expect(finish(token, { password })).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("with a stranger's address gives the stranger nothing, whoever opens the mail", async () => {
    const victim = newAddress();
    const attacker = newBrowser();
    await begin(victim, attacker, { password: "the attacker's own choice" });
    const planted = await tokenFor(victim, "sign-up");
    // The owner opens the mail in their own browser: nothing without the attacker's password.
    await expect(finish(planted, { browser: newBrowser(), password })).rejects.toMatchObject({
      code: "credentials_rejected",
    });
    // The owner signs up for themselves; the attacker's sign-up is worth nothing from then on.
    const own = newBrowser();
    await begin(victim, own);
    await finish(await tokenFor(victim, "sign-up"), { browser: own });
    await expect(finish(planted, { browser: attacker })).rejects.toMatchObject({
      code: "token_invalid",
    });
    await expect(
      logIn.checkPassword({ email: victim, password: "the attacker's own choice", caller }),
    ).rejects.toMatchObject({ code: "credentials_rejected" });
    await expect(logIn.checkPassword({ email: victim, password, caller })).resolves.toBeDefined();
  });

  it("with an address that has an account reads the same, and its owner is told", async () => {
    const member = await makeMember();
    const browser = newBrowser();
    await expect(begin(member.email, browser)).resolves.toBeUndefined();
    await expect(begin(newAddress())).resolves.toBeUndefined();
    expect((await mailsTo(member.email)).map(({ kind }) => kind)).toEqual(["sign-up-taken"]);
    await expect(signUp.resendSignUpMail({ browser })).resolves.toBeUndefined();
    expect(await mailsTo(member.email)).toHaveLength(1);
  });

  it("with the address of an account that can't be used writes to nobody", async () => {
    const member = await makeMember();
    await db().user.update({ where: { id: member.id }, data: { disabledAt: new Date() } });
    await expect(begin(member.email)).resolves.toBeUndefined();
    expect(await mailsTo(member.email)).toEqual([]);
  });

  it("confirmed twice at once makes one account", async () => {
    const [email, browser] = [newAddress(), newBrowser()];
    await begin(email, browser);
    const first = await tokenFor(email, "sign-up");
    await begin(email, browser);
    const second = await tokenFor(email, "sign-up");
    const tries = [first, second, first, second].map((token) => finish(token, { browser }));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected")
        expect(outcome.reason).toMatchObject({ code: "token_invalid" });
    }
    expect(await accountsWith(email)).toBe(1);
  });

  it("says at log-in that its mail waits, to whoever knows its password only", async () => {
    const email = newAddress();
    await begin(email);
    const attempt = (typed: string) =>
      logIn.checkPassword({ email, password: typed, caller: makeCaller() });
    await expect(attempt(password)).rejects.toMatchObject({ code: "email_unconfirmed" });
    await expect(attempt("something else")).rejects.toMatchObject({ code: "credentials_rejected" });
  });

  it("is over after a day", async () => {
    const email = newAddress();
    await begin(email);
    const token = await tokenFor(email, "sign-up");
    const hash = tokens.tokenHash(token);
    await db().oneTimeToken.update({
      where: { hash },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await expect(finish(token, { password })).rejects.toMatchObject({ code: "token_invalid" });
  });

  it("sends its mail again, to the same browser, with a link that works", async () => {
    const [email, browser] = [newAddress(), newBrowser()];
    await begin(email, browser);
    await signUp.resendSignUpMail({ browser });
    expect(await mailsTo(email)).toHaveLength(2);
    await signUp.resendSignUpMail({ browser: newBrowser() });
    await signUp.resendSignUpMail({ browser: undefined });
    expect(await mailsTo(email)).toHaveLength(2);
    await expect(finish(await tokenFor(email, "sign-up"), { browser })).resolves.toBeDefined();
  });

  it("goes on in the browser of somebody who knows its password", async () => {
    const [email, other] = [newAddress(), newBrowser()];
    await begin(email);
    await signUp.moveSignUp(email, other);
    await signUp.resendSignUpMail({ browser: other });
    await expect(
      finish(await tokenFor(email, "sign-up"), { browser: other }),
    ).resolves.toBeDefined();
    await expect(signUp.moveSignUp(newAddress(), other)).resolves.toBeUndefined();
  });

  it("with passwords that are refused costs the address no mail", async () => {
    const email = newAddress();
    for (let count = 0; count < 4; count++) {
      await begin(email, newBrowser(), { password: "qwertyuiop1234" }).catch(() => undefined);
    }
    await expect(begin(email)).resolves.toBeUndefined();
  });

  it("writes to one address three times in three hours at most", async () => {
    const email = newAddress();
    for (let count = 0; count < 3; count++) await begin(email);
    await expect(begin(email)).rejects.toMatchObject({ code: "rate_limited" });
    const member = await makeMember();
    for (let count = 0; count < 3; count++) await begin(member.email);
    await expect(begin(member.email)).rejects.toMatchObject({ code: "rate_limited" });
  });

  it.each([
    ["qwertyuiop1234", "password_leaked"],
    ["ax2caption2026", "password_too_weak"],
  ])("refuses %s, and keeps nothing", async (weak, code) => {
    const email = newAddress();
    await expect(begin(email, newBrowser(), { password: weak })).rejects.toMatchObject({ code });
    expect(await db().oneTimeToken.count({ where: { email } })).toBe(0);
  });
});

describe("a sign-up from a provider that vouches for no address", () => {
  const profile: ProviderProfile = {
    provider: "naver",
    providerAccountId: "naver-1",
    email: "typed@example.test",
    emailVerified: false,
    name: "하늘",
    authenticatedAtMs: null,
  };
  const remember = (id: string) =>
    transaction((tx) =>
      tokens.issueToken(tx, {
        purpose: "provider_sign_up",
        data: { ...profile, providerAccountId: id },
      }),
    );

  it("waits for its mail like any other, opened in the browser that came from there", async () => {
    const email = newAddress();
    const providerToken = await remember(newId());
    const input = { email, name: "하늘", locale: "ko" } as const;
    await signUp.beginProviderSignUp({ input, providerToken, caller });
    const token = await tokenFor(email, "sign-up");
    // Somebody who was sent a stranger's link has no password to finish it with.
    await expect(finish(token, { browser: newBrowser(), password })).rejects.toMatchObject({
      code: "credentials_rejected",
    });
    const { userId } = await finish(token, { browser: providerToken });
    const identities = await db().identity.findMany({ where: { userId } });
    expect(identities).toMatchObject([{ provider: "naver" }]);
    const row = await db().user.findUniqueOrThrow({ where: { id: userId } });
    expect(row.passwordHash).toBeNull();
  });

  it("needs to have come from there", async () => {
    const input = { email: newAddress(), name: "하늘", locale: "ko" } as const;
    for (const providerToken of ["", newBrowser()]) {
      await expect(
        signUp.beginProviderSignUp({ input, providerToken, caller }),
      ).rejects.toMatchObject({ code: "token_invalid" });
    }
  });
});
