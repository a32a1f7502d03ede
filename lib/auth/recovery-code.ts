import "server-only";
import { randomInt } from "node:crypto";

/** Crockford's base32: no I, L, O, U, which are misread or make words. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export const recoveryCodeCount = 10;

/** 50 random bits in two groups of five, e.g. `7QK3M-0XV9T`. */
export function newRecoveryCode(): string {
  const letters = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]);
  return `${letters.slice(0, 5).join("")}-${letters.slice(5).join("")}`;
}

/** What a person typed without dashes and spaces, with misread letters set right. */
export function canonicalRecoveryCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}
