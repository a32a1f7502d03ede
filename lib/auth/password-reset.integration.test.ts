import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import {
  auditOf,
  callerFrom,
  mailsTo,
  makeCaller,
  makeMember,
  testPassword,
  tokenFor,
} from "@/lib/testing/people";
import type { Principal } from "./principal";

let app: TestApp;
let reset: typeof import("./password-reset");
let email: typeof import("./email-change");
let challenges: typeof import("./challenge");
let logIn: typeof import("./log-in");
let opening: typeof import("./open-account");
let principals: typeof import("./principal");
let proving: typeof import("./re-authentication");
let tokens: typeof import("./one-time-tokens");
let repo: typeof import("./repo");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [reset, email, challenges, logIn, opening, principals, proving, tokens, repo, { db }] =
    await Promise.all([
      import("./password-reset"),
      import("./email-change"),
      import("./challenge"),
      import("./log-in"),
      import("./open-account"),
      import("./principal"),
      import("./re-authentication"),
      import("./one-time-tokens"),
      import("./repo"),
      import("@/lib/db"),
    ]);
});
afterAll(() => app.stop());

const next = "nineteen quieter harbours";
const attempt = (address: string, password: string) =>
  logIn.checkPassword({ email: address, password, caller: makeCaller() });

async function enter(userId: string): Promise<{ principal: Principal; accessToken: string }> {
  const how = { kind: "browser", remember: false, methods: ["pwd"] } as const;
  const { accessToken } = await opening.openAccount({ userId, caller: makeCaller(), ...how });
  const principal = await principals.principalOf(accessToken);
  if (!principal) throw new Error("no sign-in");
  return { principal, accessToken };
}

const begin = (userId: string, address: string) =>
  email.beginEmailChange({ userId, email: address, caller: makeCaller() });
const ask = (address: string) => reset.sendPasswordReset(address, makeCaller());

describe("a password reset", () => {
  it("sets the password once, ends every sign-in and logs nobody in", async () => {
    const member = await makeMember();
    const { accessToken } = await enter(member.id);
    await ask(member.email);
    const token = await tokenFor(member.email, "password-reset");
    expect(await reset.pendingResetOf(token)).toEqual({ email: member.email });
    await reset.resetPasswordBy({ token, password: next, caller: makeCaller() });
    expect(await principals.principalOf(accessToken)).toBeUndefined();
    await expect(attempt(member.email, testPassword)).rejects.toMatchObject({
      code: "credentials_rejected",
    });
    await expect(attempt(member.email, next)).resolves.toBeDefined();
    await expect(
      reset.resetPasswordBy({ token, password: next, caller: makeCaller() }),
    ).rejects.toMatchObject({ code: "token_invalid" });
    expect((await mailsTo(member.email)).at(-1)?.kind).toBe("password-changed");
    expect(await auditOf(member.id)).toEqual(
      expect.arrayContaining(["authn_password_reset_requested", "authn_password_change"]),
    );
  });

  it("makes strangers of the account's devices; changing the password leaves one's own", async () => {
    const member = await makeMember();
    const { principal } = await enter(member.id);
    await enter(member.id);
    const devices = () => db().knownDevice.count({ where: { userId: member.id } });
    expect(await devices()).toBe(2);
    const own = makeCaller();
    const how = { kind: "browser", remember: false, methods: ["pwd"] } as const;
    await opening.openAccount({ userId: member.id, caller: own, ...how });
    await reset.changePassword({ principal, newPassword: next, caller: own });
    expect(await devices()).toBe(1);
    await ask(member.email);
    const token = await tokenFor(member.email, "password-reset");
    await reset.resetPasswordBy({ token, password: "twenty quieter harbours", caller: own });
    expect(await devices()).toBe(0);
  });

  it("is kept as a hash, for half an hour", async () => {
    const member = await makeMember();
    await ask(member.email);
    const token = await tokenFor(member.email, "password-reset");
    const row = await db().oneTimeToken.findUniqueOrThrow({
      where: { hash: tokens.tokenHash(token) },
    });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(30 * 60_000);
    const later = Date.now() + 30 * 60_000 + 1;
    expect(await tokens.readToken(token, "password_reset", later)).toBeUndefined();
  });

  it("works for a locked account, and unlocks it", async () => {
    const member = await makeMember();
    for (let guess = 0; guess < 11; guess++) {
      await attempt(member.email, "wrong wrong wrong").catch(() => undefined);
    }
    await expect(attempt(member.email, testPassword)).rejects.toMatchObject({
      code: "log_in_locked",
    });
    await ask(member.email);
    const token = await tokenFor(member.email, "password-reset");
    await reset.resetPasswordBy({ token, password: next, caller: makeCaller() });
    await expect(attempt(member.email, next)).resolves.toBeDefined();
  });

  it("of an unknown address writes to nobody; both are counted alike", async () => {
    const unknown = `${newId()}@example.test`;
    await ask(unknown);
    expect(await mailsTo(unknown)).toEqual([]);
    for (const address of [unknown, (await makeMember()).email]) {
      for (let count = 0; count < 3; count++) {
        await reset.countPasswordReset(address, callerFrom(61));
      }
      await expect(reset.countPasswordReset(address, callerFrom(61))).rejects.toMatchObject({
        code: "rate_limited",
      });
    }
  });

  it("refuses a weak password and keeps the link usable", async () => {
    const member = await makeMember();
    await ask(member.email);
    const token = await tokenFor(member.email, "password-reset");
    await expect(
      reset.resetPasswordBy({ token, password: "qwertyuiop1234", caller: makeCaller() }),
    ).rejects.toMatchObject({ code: "password_leaked" });
    await reset.resetPasswordBy({ token, password: next, caller: makeCaller() });
  });

  it("is worth nothing once the account has another address, however late it was made", async () => {
    const member = await makeMember();
    await ask(member.email);
    const token = await tokenFor(member.email, "password-reset");
    await db().user.update({
      where: { id: member.id },
      data: { email: `${newId()}@example.test` },
    });
    await expect(
      reset.resetPasswordBy({ token, password: next, caller: makeCaller() }),
    ).rejects.toMatchObject({ code: "token_invalid" });
  });

  it("takes no token of another purpose", async () => {
    const member = await makeMember();
    await begin(member.id, `${newId()}@example.test`);
    const { token } = await newestToken(member.id);
    await expect(
      reset.resetPasswordBy({ token, password: next, caller: makeCaller() }),
    ).rejects.toMatchObject({ code: "token_invalid" });
  });
});

/** The newest e-mail change of somebody, with its token from the mail. */
async function newestToken(userId: string): Promise<{ address: string; token: string }> {
  const row = await db().oneTimeToken.findFirstOrThrow({
    where: { userId, purpose: "email_change" },
    orderBy: { createdAt: "desc" },
  });
  const address = row.email ?? "";
  return { address, token: await tokenFor(address, "email-change") };
}

describe("changing the password", () => {
  it("ends the other sign-ins and keeps this one", async () => {
    const member = await makeMember();
    const [mine, other] = [await enter(member.id), await enter(member.id)];
    await reset.changePassword({
      principal: mine.principal,
      newPassword: next,
      caller: makeCaller(),
    });
    expect(await principals.principalOf(mine.accessToken)).toBeDefined();
    expect(await principals.principalOf(other.accessToken)).toBeUndefined();
    await expect(attempt(member.email, next)).resolves.toBeDefined();
  });
});

describe("what an intruder has begun", () => {
  const changes: [string, (member: { email: string }, principal: Principal) => Promise<void>][] = [
    [
      "a reset",
      async (member) => {
        await ask(member.email);
        const token = await tokenFor(member.email, "password-reset");
        await reset.resetPasswordBy({ token, password: next, caller: makeCaller() });
      },
    ],
    [
      "a change",
      (_, principal) =>
        reset.changePassword({ principal, newPassword: next, caller: makeCaller() }),
    ],
  ];

  it.each(changes)("ends with %s of the password", async (_, change) => {
    const member = await makeMember();
    const { principal } = await enter(member.id);
    await begin(member.id, `${newId()}@example.test`);
    const { token } = await newestToken(member.id);
    const challenge = await challenges.issueChallenge({
      userId: member.id,
      data: { intent: "log_in", kind: "browser", remember: false, methods: ["pwd"] },
    });
    await change(member, principal);
    expect(await email.pendingEmailChangeOf(token, principal)).toBeUndefined();
    await expect(finish(token, member.id)).rejects.toMatchObject({ code: "token_invalid" });
    expect(await challenges.pendingChallengeOf(challenge)).toBeUndefined();
  });
});

/** By somebody who is signed in to the account. */
const finish = (token: string, userId: string) =>
  email.finishEmailChange({ token, principal: { userId }, caller: makeCaller() });

describe("changing the e-mail", () => {
  it("waits for the new address, tells the old one, and ends links that went there", async () => {
    const member = await makeMember();
    const address = `${newId()}@example.test`;
    await ask(member.email);
    const oldLink = await tokenFor(member.email, "password-reset");
    await begin(member.id, address);
    expect((await db().user.findUniqueOrThrow({ where: { id: member.id } })).email).toBe(
      member.email,
    );
    const { token } = await newestToken(member.id);
    await finish(token, member.id);
    await expect(attempt(address, testPassword)).resolves.toBeDefined();
    await expect(attempt(member.email, testPassword)).rejects.toMatchObject({
      code: "credentials_rejected",
    });
    expect((await mailsTo(member.email)).map(({ kind }) => kind)).toEqual([
      "password-reset",
      "email-change-asked",
      "email-changed",
    ]);
    expect(await reset.pendingResetOf(oldLink)).toBeUndefined();
    const changes = await db().auditEvent.findMany({
      where: { subjectId: member.id, name: "user_updated" },
      orderBy: { seq: "asc" },
    });
    expect(changes.map(({ detail }) => detail)).toEqual([
      { what: "email_asked" },
      { what: "email" },
    ]);
    await expect(finish(token, member.id)).rejects.toMatchObject({ code: "token_invalid" });
  });

  it("takes more than its mail: a sign-in to the account, or its password", async () => {
    const [member, other] = [await makeMember(), await makeMember()];
    const address = `${newId()}@example.test`;
    await begin(member.id, address);
    const { token } = await newestToken(member.id);
    const caller = makeCaller();
    const by = (principal: { userId: string } | undefined, password?: string) =>
      email.finishEmailChange({ token, password, principal, caller });
    const refused = { code: "credentials_rejected" };
    await expect(by(undefined)).rejects.toMatchObject(refused);
    await expect(by({ userId: other.id })).rejects.toMatchObject(refused);
    await expect(by({ userId: other.id }, "not the password")).rejects.toMatchObject(refused);
    expect(await email.pendingEmailChangeOf(token, { userId: other.id })).toEqual({
      email: address,
      signedIn: false,
      password: true,
    });
    await expect(by({ userId: other.id }, testPassword)).resolves.toBeUndefined();
    await expect(attempt(address, testPassword)).resolves.toMatchObject({ id: member.id });
  });

  it("to an address that has an account reads the same and changes nothing", async () => {
    const [member, other] = [await makeMember(), await makeMember()];
    await begin(member.id, other.email);
    expect(await db().oneTimeToken.count({ where: { userId: member.id } })).toBe(0);
    expect((await mailsTo(other.email)).map(({ kind }) => kind)).toEqual(["sign-up-taken"]);
  });

  it("loses against an account made for the address meanwhile", async () => {
    const member = await makeMember();
    const address = `${newId()}@example.test`;
    await begin(member.id, address);
    const { token } = await newestToken(member.id);
    await db().user.create({ data: { id: newId(), email: address, name: "빠른 사람" } });
    await expect(finish(token, member.id)).rejects.toMatchObject({ code: "token_invalid" });
    expect((await db().user.findUniqueOrThrow({ where: { id: member.id } })).email).toBe(
      member.email,
    );
  });
});

describe("what is sensitive", () => {
  it("passes for five minutes after a proof, then says what would prove it", async () => {
    const member = await makeMember();
    const { principal } = await enter(member.id);
    const provedAtMs = principal.authenticatedAt?.getTime() ?? 0;
    await expect(proving.assertFresh(principal, provedAtMs + 300_000)).resolves.toBeUndefined();
    await expect(proving.assertFresh(principal, provedAtMs + 300_001)).rejects.toMatchObject({
      code: "reauthentication_required",
      data: { password: true, providers: [], code: false },
    });
  });

  it("passes again after the password; wrong ones count as at log-in", async () => {
    const member = await makeMember();
    const { principal } = await enter(member.id);
    const caller = makeCaller();
    const prove = (password: string) =>
      proving.reauthenticate({ principal, input: { password }, caller });
    await expect(prove("wrong wrong wrong")).rejects.toMatchObject({
      code: "credentials_rejected",
    });
    await prove(testPassword);
    const row = await repo.findSession(principal.sessionId);
    expect(row?.authenticatedAt?.getTime()).toBeGreaterThan(Date.now() - 10_000);
    expect(await auditOf(member.id)).toContain("authn_reauthenticated");
    for (let guess = 0; guess < 10; guess++)
      await prove("wrong wrong wrong").catch(() => undefined);
    await expect(prove(testPassword)).rejects.toMatchObject({ code: "log_in_locked" });
  });
});
