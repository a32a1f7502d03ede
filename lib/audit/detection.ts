import type { AuditName } from "./schema";

/**
 * What in the audit log looks like an attack: decisions on counts that `watch.ts` fetches. What to
 * do about a finding is the caller's.
 */

export const detectionLimits = {
  /** Different accounts that one network failed to open before it counts as trying out leaks. */
  failingAccounts: 5,
  failingAccountsWindowMs: 10 * 60_000,
  /** Failures in a row after which a log-in that works may be a guess that came true. */
  failuresBeforeSuccess: 5,
  failuresBeforeSuccessWindowMs: 24 * 3_600_000,
  /** Refusals that still look like mistakes. */
  refusals: 20,
  refusalsWindowMs: 10 * 60_000,
} as const;

/** What counts as a refusal: reaching for what is not one's own. */
export const refusalNames = [
  "authz_fail",
  "malicious_direct_reference",
  "malicious_csrf",
] as const satisfies readonly AuditName[];

export type DetectionFinding =
  /** One network tries out many people's passwords. */
  | { rule: "credential_stuffing"; accounts: number }
  /** A password was found after many that were wrong. */
  | { rule: "success_after_failures"; failures: number }
  /** A browser never seen with this account, in a part of the network never seen with it. */
  | { rule: "new_device_and_network" }
  /** Somebody goes through what isn't theirs. */
  | { rule: "many_refusals"; refusals: number };

/** A place an account has signed in from; `network` as `networkLabel` gives it. */
export interface KnownPlace {
  network: string | null;
}

/** @param facts `failingAccounts`: in the last 10 minutes, this failure included. */
export function assessLogInFailure(facts: { failingAccounts: number }): DetectionFinding[] {
  const { failingAccounts: accounts } = facts;
  return accounts >= detectionLimits.failingAccounts
    ? [{ rule: "credential_stuffing", accounts }]
    : [];
}

/**
 * @param facts `failures`: in a row before this success; `knownDevice`: the browser has signed in
 *   to the account before; `known`: where from it was signed in to; `network`: where from it is now,
 *   as `networkLabel` gives it.
 */
export function assessLogInSuccess(facts: {
  failures: number;
  knownDevice: boolean;
  known: KnownPlace[];
  network: string | null;
}): DetectionFinding[] {
  const { failures, knownDevice, known, network } = facts;
  const findings: DetectionFinding[] = [];
  if (failures >= detectionLimits.failuresBeforeSuccess) {
    findings.push({ rule: "success_after_failures", failures });
  }
  if (!knownDevice && isNewPlace(known, network)) {
    findings.push({ rule: "new_device_and_network" });
  }
  return findings;
}

/** @param facts `refusals`: in the last 10 minutes, this one included. */
export function assessRefusal(facts: { refusals: number }): DetectionFinding[] {
  const { refusals } = facts;
  return refusals > detectionLimits.refusals ? [{ rule: "many_refusals", refusals }] : [];
}

/**
 * Whether `network` lies in a part of the network (IPv4 /16, IPv6 /32: about one provider in one
 * region) where the account was never signed in to. The first log-in of all is nothing new, nor is
 * the server's own machine (null).
 * @param network as `networkLabel` gives it: `203.0.113.0/24` or `2001:db8:1::/48`.
 */
export function isNewPlace(known: KnownPlace[], network: string | null): boolean {
  if (network === null || known.length === 0) return false;
  const part = partOf(network);
  return !known.some((place) => place.network !== null && partOf(place.network) === part);
}

function partOf(network: string): string {
  const separator = network.includes(":") ? ":" : ".";
  return network.split(separator).slice(0, 2).join(separator);
}
