import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { auditOf, mailsTo, makeCaller, makeMember } from "@/lib/testing/people";
import type { Principal } from "./principal";
import type { ProviderProfile } from "./providers/profile";
import type { ProviderId, StartProviderInput } from "./schema";

let app: TestApp;
let outcome: typeof import("./provider-outcome");
let identities: typeof import("./identities");
let opening: typeof import("./open-account");
let principals: typeof import("./principal");
let factor: typeof import("./second-factor");
let challenges: typeof import("./challenge");
let repo: typeof import("./repo");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp({
    GOOGLE_CLIENT_ID: "google",
    GOOGLE_CLIENT_SECRET: "secret",
    NAVER_CLIENT_ID: "naver",
    NAVER_CLIENT_SECRET: "secret",
  });
  [outcome, identities, opening, principals, factor, challenges, repo, { transaction }, { db }] =
    await Promise.all([
      import("./provider-outcome"),
      import("./identities"),
      import("./open-account"),
      import("./principal"),
      import("./second-factor"),
      import("./challenge"),
      import("./repo"),
      import("@/lib/transaction"),
      import("@/lib/db"),
    ]);
});
afterAll(() => app.stop());

const caller = makeCaller();

const profileOf = (change: Partial<ProviderProfile> = {}): ProviderProfile => ({
  provider: "google",
  providerAccountId: newId(),
  email: `${newId()}@example.test`,
  emailVerified: true,
  name: "구글 하늘",
  authenticatedAtMs: null,
  ...change,
});

async function enter(userId: string): Promise<Principal> {
  const how = { kind: "browser", remember: false, methods: ["pwd"] } as const;
  const { accessToken } = await opening.openAccount({ userId, caller, ...how });
  const principal = await principals.principalOf(accessToken);
  if (!principal) throw new Error("no sign-in");
  return principal;
}

/** To a provider and back. */
async function travel(
  profile: ProviderProfile,
  input: Partial<StartProviderInput> & { provider?: ProviderId } = {},
  principal?: Principal,
) {
  const intent = await outcome.issueIntent({
    input: {
      intent: "sign_in",
      remember: false,
      provider: profile.provider,
      locale: "ko",
      ...input,
    },
    principal,
    caller,
  });
  const finish = () => outcome.finishProviderFlow({ profile, intent, caller, principal });
  return { intent, finish };
}

const signIn = async (profile: ProviderProfile) => (await travel(profile)).finish();
const link = async (profile: ProviderProfile, principal: Principal) =>
  (await travel(profile, { intent: "link", next: "/settings/security" }, principal)).finish();

async function userOf(profile: ProviderProfile) {
  const { provider, providerAccountId } = profile;
  const where = { provider_providerAccountId: { provider, providerAccountId } };
  return (await db().identity.findUnique({ where }))?.userId;
}

describe("signing in with a provider", () => {
  it("makes an account for an address it vouches for, and opens it from then on", async () => {
    const profile = profileOf();
    expect(await signIn(profile)).toMatchObject({ passed: { done: { remember: false } } });
    const userId = await userOf(profile);
    const row = await db().user.findUniqueOrThrow({ where: { id: userId ?? "" } });
    expect(row).toMatchObject({ email: profile.email, name: "구글 하늘", passwordHash: null });
    // Known again by its id, whatever address it gives now.
    const later = { ...profile, email: `${newId()}@example.test` };
    expect(await signIn(later)).toMatchObject({ passed: { done: { userId } } });
  });

  it("never joins the account that has the address, vouched for or not", async () => {
    const member = await makeMember();
    for (const emailVerified of [true, false]) {
      const profile = profileOf({ email: member.email, emailVerified });
      const outcomeOf = await signIn(profile).catch((error: unknown) => error);
      expect(outcomeOf).toMatchObject(
        emailVerified ? { code: "identity_unlinked" } : { signUp: expect.any(String) },
      );
      expect(await userOf(profile)).toBeUndefined();
    }
  });

  it.each([{ email: null, emailVerified: false }, { emailVerified: false }])(
    "asks for an address with %o",
    async (change) => {
      const profile = profileOf({ provider: "naver", ...change });
      expect(await signIn(profile)).toEqual({ signUp: expect.any(String) });
      expect(await userOf(profile)).toBeUndefined();
    },
  );

  it("keeps nothing of a sign-in with nobody's, used or another provider's intent", async () => {
    const profile = profileOf();
    const flow = { profile, caller, principal: undefined };
    for (const intent of [undefined, "", "x".repeat(43)]) {
      await expect(outcome.finishProviderFlow({ ...flow, intent })).rejects.toMatchObject({
        code: "provider_failed",
      });
    }
    const { finish, intent } = await travel(profile, { provider: "naver" });
    await expect(finish()).rejects.toMatchObject({ code: "provider_failed" });
    const used = await travel(profile);
    await used.finish();
    await expect(used.finish()).rejects.toMatchObject({ code: "provider_failed" });
    expect(intent).not.toBe(used.intent);
  });

  it("needs the second factor where it is on", async () => {
    const profile = profileOf();
    await signIn(profile);
    const userId = (await userOf(profile)) ?? "";
    await turnOn(userId);
    expect(await signIn(profile)).toMatchObject({ passed: { challenge: expect.any(String) } });
  });

  it("into a disabled account fails", async () => {
    const profile = profileOf();
    await signIn(profile);
    const id = (await userOf(profile)) ?? "";
    await db().user.update({ where: { id }, data: { disabledAt: new Date() } });
    await expect(signIn(profile)).rejects.toMatchObject({ code: "account_disabled" });
  });
});

async function turnOn(userId: string): Promise<void> {
  await factor.beginSecondFactor({ userId, label: "test" });
  await db().secondFactor.update({ where: { userId }, data: { confirmedAt: new Date() } });
}

describe("linking a provider", () => {
  it("takes a fresh proof, tells the owner, and opens the account from then on", async () => {
    const member = await makeMember();
    const principal = await enter(member.id);
    const profile = profileOf();
    expect(await link(profile, principal)).toEqual({ path: "/settings/security?linked=google" });
    expect(await signIn(profile)).toMatchObject({ passed: { done: { userId: member.id } } });
    expect((await mailsTo(member.email)).map(({ kind }) => kind)).toContain("identity-linked");
    expect(await auditOf(member.id)).toContain("authn_identity_linked");
    const methods = await identities.signInMethods(member.id);
    expect(methods).toMatchObject({
      password: true,
      identities: [{ provider: "google", email: profile.email }],
      available: ["google", "naver"],
    });
  });

  it("without one is refused at the start, and when it was taken back meanwhile", async () => {
    const member = await makeMember();
    const principal = await enter(member.id);
    const stale = { ...principal, authenticatedAt: new Date(Date.now() - 301_000) };
    await expect(link(profileOf(), stale)).rejects.toMatchObject({
      code: "reauthentication_required",
    });
    await expect(link(profileOf(), undefined as unknown as Principal)).rejects.toMatchObject({
      code: "unauthenticated",
    });
    const profile = profileOf();
    const { finish } = await travel(profile, { intent: "link" }, principal);
    await transaction((tx) => repo.setAuthenticatedAt(tx, principal.sessionId, null));
    await expect(finish()).rejects.toMatchObject({ code: "reauthentication_required" });
    expect(await userOf(profile)).toBeUndefined();
  });

  it("with an intent carried into another sign-in links nothing", async () => {
    const [victim, attacker] = [await makeMember(), await makeMember()];
    const profile = profileOf();
    const { intent } = await travel(profile, { intent: "link" }, await enter(attacker.id));
    const flow = { profile, intent, caller };
    const principal = await enter(victim.id);
    await expect(outcome.finishProviderFlow({ ...flow, principal })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(await userOf(profile)).toBeUndefined();
  });

  it("that opens another account, or a second of one provider, is refused", async () => {
    const profile = profileOf();
    await signIn(profile);
    const principal = await enter((await makeMember()).id);
    await expect(link(profile, principal)).rejects.toMatchObject({ code: "identity_taken" });
    await link(profileOf(), principal);
    await expect(link(profileOf(), principal)).rejects.toMatchObject({ code: "identity_taken" });
  });

  it("never sends the person off the site afterwards", async () => {
    const principal = await enter((await makeMember()).id);
    const { finish } = await travel(
      profileOf(),
      { intent: "link", next: "//evil.example" },
      principal,
    );
    expect(await finish()).toEqual({ path: "/settings/security?linked=google" });
  });
});

describe("unlinking", () => {
  const unlink = (userId: string, provider: ProviderId) =>
    identities.unlinkIdentity({ userId, provider, from: {} });

  it("never takes the last way in, also when two go at once", async () => {
    const profile = profileOf();
    await signIn(profile);
    const userId = (await userOf(profile)) ?? "";
    await expect(unlink(userId, "google")).rejects.toMatchObject({ code: "last_sign_in_method" });
    await link(profileOf({ provider: "naver" }), await enter(userId));
    const outcomes = await Promise.allSettled([unlink(userId, "google"), unlink(userId, "naver")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await identities.linkedProviders(userId)).toHaveLength(1);
  });

  it("tells the owner, and of what isn't linked finds nothing", async () => {
    const member = await makeMember();
    const profile = profileOf();
    await link(profile, await enter(member.id));
    await unlink(member.id, "google");
    await expect(unlink(member.id, "google")).rejects.toMatchObject({ code: "not_found" });
    expect((await mailsTo(member.email)).map(({ kind }) => kind)).toContain("identity-unlinked");
    expect(await userOf(profile)).toBeUndefined();
  });
});

describe("proving who it is with a provider", () => {
  const prove = async (profile: ProviderProfile, principal: Principal) =>
    (await travel(profile, { intent: "reauthenticate", next: "/settings" }, principal)).finish();

  it("works with the linked one, and with no other", async () => {
    const profile = profileOf();
    await signIn(profile);
    const userId = (await userOf(profile)) ?? "";
    const principal = await enter(userId);
    await transaction((tx) => repo.setAuthenticatedAt(tx, principal.sessionId, null));
    await expect(prove(profileOf(), principal)).rejects.toMatchObject({ code: "identity_taken" });
    expect(await auditOf(userId)).toContain("authn_provider_refused");
    const stale = { ...profile, authenticatedAtMs: Date.now() - 600_000 };
    await expect(prove(stale, principal)).rejects.toMatchObject({
      code: "reauthentication_required",
    });
    expect((await repo.findSession(principal.sessionId))?.authenticatedAt).toBeNull();
    expect(await prove(profile, principal)).toEqual({ path: "/settings?reauthenticated=1" });
    expect((await repo.findSession(principal.sessionId))?.authenticatedAt).toBeInstanceOf(Date);
  });

  it("still needs the code where the second factor is on", async () => {
    const profile = profileOf();
    await signIn(profile);
    const userId = (await userOf(profile)) ?? "";
    const principal = await enter(userId);
    await turnOn(userId);
    await transaction((tx) => repo.setAuthenticatedAt(tx, principal.sessionId, null));
    const { recoveryCodes } = await factor.renewRecoveryCodes({ userId });
    const proved = await prove(profile, principal);
    const challenge =
      "passed" in proved && "challenge" in proved.passed ? proved.passed.challenge : "";
    expect((await repo.findSession(principal.sessionId))?.authenticatedAt).toBeNull();
    await challenges.passChallenge({ challenge, code: recoveryCodes[0] ?? "", caller });
    expect((await repo.findSession(principal.sessionId))?.authenticatedAt).toBeInstanceOf(Date);
    const { detail } = await db().auditEvent.findFirstOrThrow({
      where: { subjectId: userId, name: "authn_reauthenticated" },
    });
    expect(detail).toEqual({ method: "google recovery" });
  });
});
