import "server-only";
import { randomBytes } from "node:crypto";
import os from "node:os";
import { hash, type Options, verify } from "@node-rs/argon2";
import { createSemaphore } from "@/lib/semaphore";

/**
 * argon2id (the library's default) with more than the least that OWASP's Password Storage cheat
 * sheet allows (m = 19 MiB, t = 2, p = 1): 64 MiB and some 65 ms of one core a log-in.
 */
const parameters = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** How a PHC string (salt and hash follow) made with these begins. */
const phcStart = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** The work itself: argon2, or what stands in for it in a test. */
export interface HashEngine {
  hash(password: string, options: Options): Promise<string>;
  verify(passwordHash: string, password: string): Promise<boolean>;
}

/** A PHC string that nothing fits: nobody can know what 32 random bytes are the hash of. */
function decoyHash(): string {
  const part = (bytes: number) => randomBytes(bytes).toString("base64").replaceAll("=", "");
  return `${phcStart}${part(16)}$${part(32)}`;
}

/**
 * Hashing and checking behind one cap, so that many log-ins at once can take neither all memory
 * nor all cores: `limit` at a time, `maxWaiting` after them, the others are asked to come back.
 */
export function createPasswordHasher(options: {
  engine: HashEngine;
  limit: number;
  maxWaiting: number;
}) {
  const { engine, limit, maxWaiting } = options;
  const inTurn = createSemaphore(limit, { maxWaiting, retryAfterMs: 2_000 });
  const decoy = decoyHash();
  return {
    hash: (password: string) => inTurn(() => engine.hash(password, parameters)),
    fits: async (password: string, passwordHash: string | undefined) => {
      const fits = await inTurn(() => engine.verify(passwordHash ?? decoy, password));
      return fits && passwordHash !== undefined;
    },
  };
}

const hasher = createPasswordHasher({
  engine: { hash, verify },
  limit: Math.max(2, os.availableParallelism()),
  maxWaiting: 64,
});

/**
 * A PHC string that holds salt and parameters.
 * @throws {AppError} `not_ready` while too many others wait
 */
export function hashPassword(password: string): Promise<string> {
  return hasher.hash(password);
}

/**
 * Whether `password` fits. Without a hash (unknown account, or one without a password) it does the
 * same work and answers false, so that the time tells nobody which accounts exist.
 * @throws {AppError} `not_ready` while too many others wait
 */
export function passwordFits(password: string, passwordHash: string | undefined): Promise<boolean> {
  return hasher.fits(password, passwordHash);
}

/** Whether `passwordHash` was made with other parameters than today's: hash anew at a log-in. */
export function needsRehash(passwordHash: string): boolean {
  return !passwordHash.startsWith(phcStart);
}
