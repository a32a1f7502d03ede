import fc from "fast-check";
import { Secret } from "otpauth";
import { describe, expect, it } from "vitest";
import { newTotpSecret, stepOfCode, totpUri } from "./totp";

/** RFC 6238, appendix B (SHA1; the last six of its eight digits). */
const rfcSecret = Secret.fromLatin1("12345678901234567890").base32;
const rfcCodes: [number, string][] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
];

describe("a code's step", () => {
  it.each(rfcCodes)("is the standard's at %d s", (seconds, code) => {
    const step = Math.floor(seconds / 30);
    const at = (nowMs: number) => stepOfCode({ secret: rfcSecret, code, nowMs });
    expect(at(seconds * 1000)).toBe(step);
    const startMs = step * 30_000;
    expect(at(startMs - 30_000), "a clock half a minute behind").toBe(step);
    expect(at(startMs + 59_999), "a clock half a minute ahead").toBe(step);
    expect(at(startMs - 30_001)).toBeUndefined();
    expect(at(startMs + 60_000)).toBeUndefined();
  });

  it.each(["", "28708", "2870822", "28708a", "２８７０８２", "287 082", "-87082", "287082\n"])(
    "%j has none",
    (code) => {
      expect(stepOfCode({ secret: rfcSecret, code, nowMs: 59_000 })).toBeUndefined();
    },
  );

  it("is no other secret's, but for chance", () => {
    const nowMs = 1_800_000_000_000;
    const found = Array.from({ length: 300 }, () =>
      stepOfCode({ secret: newTotpSecret(), code: "123456", nowMs }),
    ).filter((step) => step !== undefined);
    expect(found.length).toBeLessThan(3);
  });
});

describe("a secret", () => {
  it("has 160 bits and never comes again", () => {
    const secrets = Array.from({ length: 50 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });

  it("is told to an app with product, account and the usual parameters", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (label) => {
        const uri = new URL(totpUri({ secret: rfcSecret, label }));
        expect(uri.protocol).toBe("otpauth:");
        expect(Object.fromEntries(uri.searchParams)).toEqual({
          issuer: "AX2 Caption",
          secret: rfcSecret,
          algorithm: "SHA1",
          digits: "6",
          period: "30",
        });
        expect(decodeURIComponent(uri.pathname)).toContain(`AX2 Caption:${label}`);
      }),
    );
  });
});
