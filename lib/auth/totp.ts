import { Secret, TOTP } from "otpauth";

/** RFC 6238 as every authenticator app knows it. */
const parameters = { algorithm: "SHA1", digits: 6, period: 30 } as const;

/** Codes of the step before and after count as well: clocks of phones differ by some seconds. */
const window = 1;

const issuer = "AX2 Caption";

/** 160 random bits in base32: the length of the hash, as RFC 4226 recommends. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The otpauth:// address that sets up an app. `label` tells accounts of the same person apart. */
export function totpUri({ secret, label }: { secret: string; label: string }): string {
  return new TOTP({ ...parameters, issuer, label, secret }).toString();
}

/**
 * Number of the 30 s step whose code `code` is, around `nowMs` (since the Unix epoch); undefined
 * when it is none.
 */
export function stepOfCode(options: {
  secret: string;
  code: string;
  nowMs: number;
}): number | undefined {
  const { secret, code, nowMs } = options;
  if (!/^\d{6}$/.test(code)) return undefined;
  const totp = new TOTP({ ...parameters, secret });
  const delta = totp.validate({ token: code, timestamp: nowMs, window });
  return delta === null ? undefined : totp.counter({ timestamp: nowMs }) + delta;
}
