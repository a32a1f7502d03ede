import "server-only";
import { keyedHash } from "@/lib/seal";
import type { Tx } from "@/lib/transaction";
import type { Caller } from "./caller";
import {
  type DeviceRow,
  deleteDevices,
  deleteUnseenDevices,
  findDevices,
  upsertDevice,
} from "./device-repo";
import { knownDeviceMs } from "./policy";

/**
 * What the caller's device is known by. A program keeps no cookie: what it calls itself and where
 * it runs must do.
 */
function deviceHash(caller: Caller): string {
  const { deviceToken, userAgent, networkLabel } = caller;
  return keyedHash(
    "pseudonyms",
    deviceToken ? `device:${deviceToken}` : `program:${userAgent}|${networkLabel ?? ""}`,
  );
}

/** The devices an account has been opened on, and whether the caller's is one of them. */
export async function devicesOf(
  userId: string,
  caller: Caller,
): Promise<{ known: DeviceRow[]; isKnown: boolean; hash: string }> {
  const known = await findDevices(userId);
  const hash = deviceHash(caller);
  return { known, hash, isKnown: known.some((device) => device.hash === hash) };
}

/** Notes that the account was opened on the caller's device. */
export function noteDevice(
  tx: Tx,
  options: { userId: string; caller: Caller; nowMs: number },
): Promise<void> {
  const { userId, caller, nowMs } = options;
  return upsertDevice(tx, {
    userId,
    hash: deviceHash(caller),
    label: caller.device,
    network: caller.networkLabel,
    at: new Date(nowMs),
  });
}

/**
 * Makes strangers of an account's devices: whoever had its password may have used one of them.
 * @param kept the device of somebody who has just proved to be the owner
 */
export function forgetDevices(tx: Tx, userId: string, kept?: Caller): Promise<void> {
  return deleteDevices(tx, userId, kept && deviceHash(kept));
}

export function pruneDevices(nowMs = Date.now()): Promise<number> {
  return deleteUnseenDevices(new Date(nowMs - knownDeviceMs));
}
