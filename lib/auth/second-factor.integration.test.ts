import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";

let app: TestApp;
let factor: typeof import("./second-factor");
let rates: typeof import("@/lib/http/rate");
let database: typeof import("@/lib/db");

beforeAll(async () => {
  app = await startTestApp({ AUTH_SECRET_PREVIOUS: "the secret before of 32 characters or more" });
  [factor, rates, database] = await Promise.all([
    import("./second-factor"),
    import("@/lib/http/rate"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

const stepMs = 30_000;
/** The middle of a step. */
const nowMs = Math.floor(Date.now() / stepMs) * stepMs + stepMs / 2;

const codeAt = (secret: string, timestamp: number) =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp });

/** Not the code of any step that counts at `nowMs`. */
function wrongCode(secret: string): string {
  const right = [-1, 0, 1].map((steps) => codeAt(secret, nowMs + steps * stepMs));
  return ["000000", "111111", "222222", "333333"].find((code) => !right.includes(code)) ?? "";
}

/** An account with the second factor on; the code of `nowMs` is used up, the next one isn't. */
async function guardedUser() {
  const { id: userId, email } = await makeUser();
  const { secret } = await factor.beginSecondFactor({ userId, label: email });
  const code = codeAt(secret, nowMs);
  const { recoveryCodes } = await factor.confirmSecondFactor({ userId, code, nowMs });
  const check = (typed: string, at = nowMs) =>
    factor.checkSecondFactor({ userId, code: typed, nowMs: at });
  return { userId, secret, recoveryCodes, check, nextCode: codeAt(secret, nowMs + stepMs) };
}

const mailsOf = async (userId: string) =>
  (await database.db().mail.findMany({ where: { userId }, orderBy: { id: "asc" } })).map(
    ({ kind }) => kind,
  );
const auditOf = async (subjectId: string) =>
  (await database.db().auditEvent.findMany({ where: { subjectId }, orderBy: { seq: "asc" } })).map(
    ({ name, detail }) => ({ name, ...(detail as object) }),
  );
const rejected = { code: "second_factor_rejected" };

describe("turning it on", () => {
  it("needs a right code, and gives ten recovery codes, a mail and a record", async () => {
    const { id: userId, email } = await makeUser();
    const setup = await factor.beginSecondFactor({ userId, label: email });
    expect(setup.uri).toContain(setup.secret);
    expect(setup.qrSvg).toMatch(/^<svg role="img" .*fill="#fff".*fill="#000"/s);
    expect(await factor.isSecondFactorOn(userId)).toBe(false);
    const wrong = { userId, code: wrongCode(setup.secret), nowMs };
    await expect(factor.confirmSecondFactor(wrong)).rejects.toMatchObject(rejected);
    expect(await factor.isSecondFactorOn(userId)).toBe(false);

    const code = codeAt(setup.secret, nowMs);
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    const { recoveryCodes } = await factor.confirmSecondFactor({ userId, code: spaced, nowMs });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await factor.isSecondFactorOn(userId)).toBe(true);
    expect(await factor.recoveryCodesLeft(userId)).toBe(10);
    expect(await mailsOf(userId)).toEqual(["second-factor-on"]);
    const added = (await auditOf(userId)).filter(({ name }) => name.startsWith("authn_"));
    expect(added).toEqual([{ name: "authn_factor_added", factor: "totp" }]);
  });

  it("keeps neither secret nor recovery codes readable", async () => {
    const { userId, secret, recoveryCodes } = await guardedUser();
    const row = await database.db().secondFactor.findUniqueOrThrow({ where: { userId } });
    const stored = await database.db().recoveryCode.findMany({ where: { userId } });
    const text = JSON.stringify([row.sealedSecret, stored]);
    for (const plain of [secret, ...recoveryCodes, ...recoveryCodes.map((c) => c.replace("-", ""))])
      expect(text).not.toContain(plain);
  });

  it("is refused where it is on, and when it was never or too long ago begun", async () => {
    const { userId, secret } = await guardedUser();
    const on = { code: "second_factor_on" };
    await expect(factor.beginSecondFactor({ userId, label: "x" })).rejects.toMatchObject(on);
    const code = codeAt(secret, nowMs);
    await expect(factor.confirmSecondFactor({ userId, code, nowMs })).rejects.toMatchObject(on);

    const { id: other } = await makeUser();
    const conflict = { code: "conflict" };
    await expect(
      factor.confirmSecondFactor({ userId: other, code: "123456" }),
    ).rejects.toMatchObject(conflict);
    const old = await factor.beginSecondFactor({
      userId: other,
      label: "x",
      nowMs: nowMs - 3_600_001,
    });
    const late = { userId: other, code: codeAt(old.secret, nowMs), nowMs };
    await expect(factor.confirmSecondFactor(late)).rejects.toMatchObject(conflict);
  });

  it("takes the secret of the tab that began last", async () => {
    const { id: userId } = await makeUser();
    const first = await factor.beginSecondFactor({ userId, label: "x" });
    const last = await factor.beginSecondFactor({ userId, label: "x" });
    const code = codeAt(first.secret, nowMs);
    await expect(factor.confirmSecondFactor({ userId, code, nowMs })).rejects.toMatchObject(
      rejected,
    );
    await factor.confirmSecondFactor({ userId, code: codeAt(last.secret, nowMs), nowMs });
    expect(await factor.isSecondFactorOn(userId)).toBe(true);
  });

  it("happens once when it is confirmed twice at the same moment", async () => {
    const { id: userId } = await makeUser();
    const { secret } = await factor.beginSecondFactor({ userId, label: "x" });
    const code = codeAt(secret, nowMs);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => factor.confirmSecondFactor({ userId, code, nowMs })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await factor.recoveryCodesLeft(userId)).toBe(10);
    expect(await mailsOf(userId)).toEqual(["second-factor-on"]);
  });
});

describe("a code of the app", () => {
  it("works once, also for many at the same moment", async () => {
    const { check, nextCode, userId } = await guardedUser();
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => check(nextCode)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === "rejected")).toMatchObject(
      Array(3).fill({ reason: rejected }),
    );
    await expect(check(nextCode)).rejects.toMatchObject(rejected);
    expect((await auditOf(userId)).at(-1)).toEqual({ name: "authn_factor_failed", reason: "totp" });
  });

  it("that turned it on doesn't work again, nor does an older one", async () => {
    const { check, secret } = await guardedUser();
    await expect(check(codeAt(secret, nowMs))).rejects.toMatchObject(rejected);
    await expect(check(codeAt(secret, nowMs - stepMs))).rejects.toMatchObject(rejected);
  });

  it.each([
    ["half a minute slow", -1, "totp"],
    ["on time", 0, "totp"],
    ["half a minute fast", 1, "totp"],
    ["a minute slow", -2, undefined],
    ["a minute fast", 2, undefined],
  ])("from a clock %s", async (_, steps, expected) => {
    const { check, secret } = await guardedUser();
    const laterMs = nowMs + 10 * stepMs;
    const outcome = check(codeAt(secret, laterMs + steps * stepMs), laterMs);
    if (expected) expect(await outcome).toBe(expected);
    else await expect(outcome).rejects.toMatchObject(rejected);
  });

  it("opens no other account, nor one where it is off", async () => {
    const { nextCode, recoveryCodes } = await guardedUser();
    const other = await guardedUser();
    const { id: open } = await makeUser();
    for (const code of [nextCode, recoveryCodes[0] ?? ""]) {
      await expect(other.check(code)).rejects.toMatchObject(rejected);
      await expect(factor.checkSecondFactor({ userId: open, code, nowMs })).rejects.toMatchObject(
        rejected,
      );
    }
  });

  it("can't be checked when the secret was moved from another account", async () => {
    const [one, other] = [await guardedUser(), await guardedUser()];
    const { sealedSecret } = await database
      .db()
      .secondFactor.findUniqueOrThrow({ where: { userId: one.userId } });
    await database
      .db()
      .secondFactor.update({ where: { userId: other.userId }, data: { sealedSecret } });
    await expect(other.check(one.nextCode)).rejects.toMatchObject({ code: "internal" });
    expect(await other.check(other.recoveryCodes[0] ?? "")).toBe("recovery");
  });
});

describe("a recovery code", () => {
  it("works once, however it is typed, and says how many are left", async () => {
    const { userId, check, recoveryCodes } = await guardedUser();
    const [first = "", second = ""] = recoveryCodes;
    expect(await check(first.toLowerCase().replace("-", " "))).toBe("recovery");
    await expect(check(first)).rejects.toMatchObject(rejected);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => check(second)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await factor.recoveryCodesLeft(userId)).toBe(8);
    expect(await mailsOf(userId)).toEqual([
      "second-factor-on",
      "recovery-code-used",
      "recovery-code-used",
    ]);
    const used = (await auditOf(userId)).filter(({ name }) => name === "authn_recovery_code_used");
    expect(used).toEqual([9, 8].map((left) => ({ name: "authn_recovery_code_used", left })));
  });

  it("made before AUTH_SECRET was changed still works", async () => {
    const { userId, check } = await guardedUser();
    const { createHmac, hkdfSync } = await import("node:crypto");
    const secret = "the secret before of 32 characters or more";
    const key = Buffer.from(hkdfSync("sha256", secret, "ax2-caption", "tokens", 32));
    const text = `${userId}:AAAAABBBBB`;
    const hash = createHmac("sha256", key).update(text).digest("base64url");
    await database.db().recoveryCode.create({ data: { userId, hash } });
    expect(await check("aaaaa-bbbbb")).toBe("recovery");
  });

  it("is worth nothing once there are new ones", async () => {
    const { userId, check, recoveryCodes } = await guardedUser();
    const renewed = await factor.renewRecoveryCodes({ userId });
    expect(renewed.recoveryCodes).toHaveLength(10);
    expect((await mailsOf(userId)).at(-1)).toBe("recovery-codes-renewed");
    await expect(check(recoveryCodes[0] ?? "")).rejects.toMatchObject(rejected);
    expect(await check(renewed.recoveryCodes[0] ?? "")).toBe("recovery");
    await Promise.all([
      factor.renewRecoveryCodes({ userId }),
      factor.renewRecoveryCodes({ userId }),
    ]);
    expect(await factor.recoveryCodesLeft(userId)).toBe(10);
  });
});

describe("guessing", () => {
  it("ends after five wrong codes, also with the right one and at the same moment", async () => {
    const { userId, check, secret, nextCode } = await guardedUser();
    const wrong = wrongCode(secret);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => check(wrong)));
    const codes = outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.code);
    expect(codes.filter((code) => code === "second_factor_rejected")).toHaveLength(5);
    expect(codes.filter((code) => code === "rate_limited")).toHaveLength(3);
    const refused = await check(nextCode).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "rate_limited" });
    expect((refused as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(14 * 60_000);
    const failed = (await auditOf(userId)).filter(({ name }) => name === "authn_factor_failed");
    expect(failed).toHaveLength(6);
    expect((await mailsOf(userId)).at(-1)).toBe("second-factor-locked");
  });

  it("slowly ends after twenty in a day, and tells the owner once", async () => {
    const { userId, check, secret, nextCode } = await guardedUser();
    const quarter = { name: "secondFactor", who: userId };
    const outcomes: unknown[] = [];
    for (let count = 0; count < 24; count++) {
      if (count % 4 === 0)
        await rates.forget({ ...quarter, rate: { limit: 5, windowMs: 900_000 } });
      const refused: unknown = await check(wrongCode(secret)).catch((error: unknown) => error);
      outcomes.push((refused as { code: string }).code);
    }
    expect(outcomes).toEqual([
      ...Array(20).fill("second_factor_rejected"),
      ...Array(4).fill("rate_limited"),
    ]);
    const told = (await mailsOf(userId)).filter((kind) => kind === "second-factor-locked");
    expect(told).toHaveLength(1);
    await factor.forgiveWrongCodes(userId);
    await expect(check(wrongCode(secret))).rejects.toMatchObject(rejected);
    for (let count = 0; count < 5; count++) await check(wrongCode(secret)).catch(() => undefined);
    // A second reset on one day forgives nothing.
    await factor.forgiveWrongCodes(userId);
    await expect(check(nextCode)).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("is forgotten after a right code", async () => {
    const { check, secret, recoveryCodes } = await guardedUser();
    for (const code of recoveryCodes.slice(0, 3)) {
      await expect(check(wrongCode(secret))).rejects.toMatchObject(rejected);
      await expect(check(wrongCode(secret))).rejects.toMatchObject(rejected);
      expect(await check(code)).toBe("recovery");
    }
  });
});

describe("turning it off", () => {
  it("forgets everything, says so, and does nothing the second time", async () => {
    const { userId, check, nextCode, recoveryCodes } = await guardedUser();
    await factor.removeSecondFactor({ userId });
    await factor.removeSecondFactor({ userId });
    expect(await factor.isSecondFactorOn(userId)).toBe(false);
    expect(await factor.recoveryCodesLeft(userId)).toBe(0);
    await expect(check(nextCode)).rejects.toMatchObject(rejected);
    await expect(check(recoveryCodes[0] ?? "")).rejects.toMatchObject(rejected);
    await expect(factor.renewRecoveryCodes({ userId })).rejects.toMatchObject({ code: "conflict" });
    expect(await mailsOf(userId)).toEqual(["second-factor-on", "second-factor-off"]);
    const removed = (await auditOf(userId)).filter(({ name }) => name === "authn_factor_removed");
    expect(removed).toHaveLength(1);
  });
});
