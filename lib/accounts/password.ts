import "server-only";
import { hash, verify } from "@node-rs/argon2";

/**
 * argon2id (the library's default) with the least that OWASP's Password Storage cheat sheet allows (m = 19 MiB, t = 2,
 * p = 1): 15 ms on one core, so that log-ins can't starve the machine.
 */
const parameters = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** A PHC string that holds salt and parameters. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

let decoy: Promise<string> | undefined;

/**
 * Whether `password` fits. Without a hash (unknown account) it takes the same time and answers
 * false, so that the time tells nobody which accounts exist.
 */
export async function passwordFits(
  password: string,
  passwordHash: string | undefined,
): Promise<boolean> {
  decoy ??= hashPassword("no account has this");
  const fits = await verify(passwordHash ?? (await decoy), password);
  return fits && passwordHash !== undefined;
}
