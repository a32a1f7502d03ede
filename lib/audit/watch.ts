import "server-only";
import { keyedHash } from "@/lib/seal";
import {
  assessLogInFailure,
  assessLogInSuccess,
  assessRefusal,
  type DetectionFinding,
  type KnownPlace,
  detectionLimits as limits,
  refusalNames,
} from "./detection";
import { countFailingAccounts, countFailuresInARow, countNamed } from "./repo";

/**
 * Different accounts (by `detail.account`: the keyed hash of what was typed as e-mail address) that
 * a network has failed to open in the last 10 minutes.
 */
export function failingAccountsOnNetwork(options: {
  network: string;
  nowMs: number;
}): Promise<number> {
  const since = new Date(options.nowMs - limits.failingAccountsWindowMs);
  return countFailingAccounts(keyedHash("pseudonyms", options.network), since);
}

/**
 * Failures to open an account since it last was opened, in the last 24 hours. To be asked before
 * the success that is being judged is recorded.
 */
export function failuresBeforeSuccess(options: {
  subjectId: string;
  nowMs: number;
}): Promise<number> {
  const since = new Date(options.nowMs - limits.failuresBeforeSuccessWindowMs);
  return countFailuresInARow(options.subjectId, since);
}

/** A person's refusals of the last 10 minutes. */
export function refusalsOf(options: { actorId: string; nowMs: number }): Promise<number> {
  const { actorId, nowMs } = options;
  const since = new Date(nowMs - limits.refusalsWindowMs);
  return countNamed({ actorId, names: refusalNames, since });
}

/**
 * Judges a log-in that failed, once it is recorded.
 * @param options `network`: undefined for the server's own machine, which isn't judged.
 */
export async function watchLogInFailure(options: {
  network: string | undefined;
  nowMs?: number;
}): Promise<DetectionFinding[]> {
  const { network, nowMs = Date.now() } = options;
  if (network === undefined) return [];
  return assessLogInFailure({
    failingAccounts: await failingAccountsOnNetwork({ network, nowMs }),
  });
}

/**
 * Judges a log-in that worked, before it is recorded.
 * @param options as `assessLogInSuccess` takes them.
 */
export async function watchLogInSuccess(options: {
  subjectId: string;
  knownDevice: boolean;
  known: KnownPlace[];
  network: string | null;
  nowMs?: number;
}): Promise<DetectionFinding[]> {
  const { subjectId, nowMs = Date.now(), ...places } = options;
  const failures = await failuresBeforeSuccess({ subjectId, nowMs });
  return assessLogInSuccess({ ...places, failures });
}

/** Judges a person's refusal, once it is recorded. */
export async function watchRefusal(options: {
  actorId: string;
  nowMs?: number;
}): Promise<DetectionFinding[]> {
  const { actorId, nowMs = Date.now() } = options;
  return assessRefusal({ refusals: await refusalsOf({ actorId, nowMs }) });
}
