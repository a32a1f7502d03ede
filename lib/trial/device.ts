import "server-only";
import { randomBytes, timingSafeEqual } from "node:crypto";
import { keyedHash, keyedHashes } from "@/lib/seal";

/**
 * The cookie by which a browser that tried is known again: `<id>.<mac>`, 128 random bits and their
 * keyed hash, so that only what we gave out is looked up. The database knows another keyed hash of
 * the id: neither opens the other.
 */
const cookiePattern = /^([\w-]{22})\.([\w-]{43})$/;

const signed = (id: string) => `cookie:${id}`;
const stored = (id: string) => `device:${id}`;

/** How long a browser is known. */
export const trialDeviceMs = 365 * 24 * 3_600_000;

export function newDeviceId(): string {
  return randomBytes(16).toString("base64url");
}

export function trialCookie(id: string): string {
  return `${id}.${keyedHash("trial", signed(id))}`;
}

/** The id in a cookie of ours; undefined for anything else. */
export function readTrialCookie(value: string | undefined): string | undefined {
  const [, id, mac] = cookiePattern.exec(value ?? "") ?? [];
  if (!id || !mac) return undefined;
  const sent = Buffer.from(mac);
  const ours = keyedHashes("trial", signed(id)).map((each) => Buffer.from(each));
  return ours.some((each) => timingSafeEqual(each, sent)) ? id : undefined;
}

/** What the database calls a device from now on. */
export function deviceHash(id: string): string {
  return keyedHash("trial", stored(id));
}

/** What it may have called it, by earlier secrets too. */
export function deviceHashes(id: string): string[] {
  return keyedHashes("trial", stored(id));
}

/** What the database calls a network: never its address. */
export function networkHash(network: string): string {
  return keyedHash("trial", `network:${network}`);
}
