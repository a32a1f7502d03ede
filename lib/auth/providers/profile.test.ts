import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { providerIds } from "../schema";
import { providerProfile, providerProfileSchema } from "./profile";

const google = { sub: "108", email: "Kim@Example.com", email_verified: true, name: "Kim" };
const account = {
  email: "kim@example.com",
  is_email_valid: true,
  is_email_verified: true,
  email_needs_agreement: false,
  profile: { nickname: "김" },
};
const kakao = (changes: object = {}) => ({ id: 42, kakao_account: { ...account, ...changes } });
const naver = (changes: object = {}) => ({
  resultcode: "00",
  response: { id: "n-1", email: "kim@naver.com", nickname: "김", ...changes },
});

describe("a provider's profile", () => {
  it("keeps who it is, and nothing else of the answer", () => {
    expect(providerProfile("google", { ...google, picture: "x", auth_time: 1000 })).toEqual({
      provider: "google",
      providerAccountId: "108",
      email: "kim@example.com",
      emailVerified: true,
      name: "Kim",
      authenticatedAtMs: 1_000_000,
    });
    expect(providerProfile("kakao", kakao())).toEqual({
      provider: "kakao",
      providerAccountId: "42",
      email: "kim@example.com",
      emailVerified: true,
      name: "김",
      authenticatedAtMs: null,
    });
    expect(providerProfile("naver", naver())).toMatchObject({
      providerAccountId: "n-1",
      email: "kim@naver.com",
      emailVerified: false,
      name: "김",
    });
  });

  it.each([
    ["google", google, true],
    ["google", { ...google, email_verified: false }, false],
    ["google", { ...google, email_verified: "true" }, false],
    ["google", { ...google, email_verified: 1 }, false],
    ["google", { ...google, email_verified: undefined }, false],
    ["kakao", kakao(), true],
    ["kakao", kakao({ is_email_valid: false }), false],
    ["kakao", kakao({ is_email_verified: false }), false],
    ["kakao", kakao({ is_email_valid: undefined }), false],
    ["kakao", kakao({ is_email_verified: "true" }), false],
    ["kakao", kakao({ email_needs_agreement: true }), false],
    ["kakao", kakao({ email_needs_agreement: undefined }), true],
    ["naver", naver({ email_verified: true, is_email_verified: true }), false],
  ] as const)("%s vouches for an e-mail only by its own flags (%#)", (provider, raw, vouched) => {
    const profile = providerProfile(provider, raw);
    expect(profile?.email).not.toBeNull();
    expect(profile?.emailVerified).toBe(vouched);
  });

  it.each([
    [undefined, null],
    [null, null],
    ["", null],
    ["kim", null],
    ["kim@", null],
    [["kim@example.com"], null],
    [{ address: "kim@example.com" }, null],
    [`${"k".repeat(250)}@example.com`, null],
    ["  KIM@EXAMPLE.COM ", "kim@example.com"],
    ["ｋｉｍ@example.com", "kim@example.com"],
  ])("an e-mail %j reads as %j, and none is ever vouched for", (email, read) => {
    const profile = providerProfile("google", { ...google, email });
    expect(profile).toMatchObject({ email: read, emailVerified: read !== null });
  });

  it.each([
    ["x", "x"],
    [4_242_424_242, "4242424242"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    [2 ** 60, undefined],
    [0, undefined],
    [-1, undefined],
    [1.5, undefined],
    [Number.NaN, undefined],
    ["", undefined],
    ["a b", undefined],
    ["a\n", undefined],
    ["a".repeat(256), undefined],
    [null, undefined],
    [true, undefined],
    [{}, undefined],
    [["1"], undefined],
  ])("an id %j reads as %j", (id, read) => {
    for (const [provider, raw] of [
      ["google", { ...google, sub: id }],
      ["kakao", { ...kakao(), id }],
      ["naver", naver({ id })],
    ] as const) {
      expect(providerProfile(provider, raw)?.providerAccountId).toBe(read);
    }
  });

  it.each([
    ["  Kim  ", "Kim"],
    ["Kim\r\nBcc: x", "Kim Bcc: x"],
    ["K\0im", "Kim"],
    ["k".repeat(200), "k".repeat(80)],
    [`${"k".repeat(79)}😀`, "k".repeat(79)],
    [undefined, "kim"],
    ["", "kim"],
    [" ", "kim"],
    [7, "kim"],
  ])("a name %j reads as %j", (name, read) => {
    expect(providerProfile("google", { ...google, name })?.name).toBe(read);
  });

  it("takes Naver's name where there is no nickname", () => {
    expect(providerProfile("naver", naver({ nickname: undefined, name: "김철수" }))?.name).toBe(
      "김철수",
    );
    expect(providerProfile("naver", naver({ nickname: undefined, email: "" }))?.name).toBe("");
  });

  it("never throws and always fits what is stored, whatever the answer", () => {
    const loose = fc.oneof(
      fc.anything(),
      fc.record(
        {
          sub: fc.anything(),
          id: fc.anything(),
          email: fc.oneof(fc.anything(), fc.emailAddress()),
          email_verified: fc.anything(),
          name: fc.oneof(fc.anything(), fc.string({ unit: "binary", maxLength: 200 })),
          auth_time: fc.anything(),
          kakao_account: fc.oneof(
            fc.anything(),
            fc.record({ email: fc.emailAddress(), profile: fc.anything() }),
          ),
          response: fc.oneof(
            fc.anything(),
            fc.record({ id: fc.string(), email: fc.emailAddress(), nickname: fc.anything() }),
          ),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...providerIds), loose, (provider, raw) => {
        const profile = providerProfile(provider, raw);
        if (!profile) return;
        expect(providerProfileSchema.parse(profile)).toEqual(profile);
        expect(profile.emailVerified && profile.email === null).toBe(false);
        expect(provider === "naver" && profile.emailVerified).toBe(false);
        expect(profile.name.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
