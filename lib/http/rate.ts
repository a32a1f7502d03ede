import "server-only";
import { createHash } from "node:crypto";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import { rateLimitPool } from "./repo";

/** At most `limit` calls within `windowMs`. */
export interface Rate {
  limit: number;
  windowMs: number;
}

/** Bodies of at most `bytes` together within `windowMs`. */
export interface ByteRate {
  bytes: number;
  windowMs: number;
}

/**
 * What an account may do where a route names no rate of its own: each change, and all reading of
 * one process together. Twenty a second, far above what pages do, and a bound for programs.
 */
export const usualRate: Rate = { limit: 1_200, windowMs: 60_000 };

const limiters = new Map<string, RateLimiterPostgres>();

function limiter(name: string, rate: Rate): RateLimiterPostgres {
  const known = limiters.get(name);
  if (known) return known;
  const made = new RateLimiterPostgres({
    storeClient: rateLimitPool(),
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix: name,
    points: rate.limit,
    duration: rate.windowMs / 1000,
  });
  limiters.set(name, made);
  return made;
}

export interface RatedCall {
  name: string;
  /** Whose calls are counted together. */
  who: string;
  rate: Rate;
}

/** Fits the column whatever it was, and keeps addresses out of the table. */
function keyOf(who: string): string {
  return createHash("sha256").update(who).digest("base64url");
}

/** How long until a next call is allowed, in ms: 0 while the limit hasn't been reached. */
export async function waitMs({ name, who, rate }: RatedCall): Promise<number> {
  const counted = await limiter(name, rate).get(keyOf(who));
  return counted && counted.consumedPoints >= rate.limit ? counted.msBeforeNext : 0;
}

/**
 * Counts one call of `name` by `who`.
 * @throws {AppError} `rate_limited` with the time to wait when the limit is reached; `first` for the first
 * refusal of the window.
 */
export async function countCall(options: RatedCall): Promise<void> {
  await consume(limiter(options.name, options.rate), options, 1);
}

/** Of files: a player asks for them in many pieces while somebody looks for a place. */
export const fileRate: Rate = { limit: 6_000, windowMs: 60_000 };

const inMemory = ({ limit, windowMs }: Rate) =>
  new RateLimiterMemory({ points: limit, duration: windowMs / 1000 });
/** In memory: a row for each look would cost more than the look. */
const reads = {
  data: { rate: usualRate, counter: inMemory(usualRate) },
  file: { rate: fileRate, counter: inMemory(fileRate) },
};

/**
 * Counts something that `who` reads from this process.
 * @throws {AppError} as `countCall`
 */
export async function countRead(who: string, what: keyof typeof reads): Promise<void> {
  const { rate, counter } = reads[what];
  await consume(counter, { name: `reading ${what}`, who, rate }, 1);
}

/**
 * Counts the bytes of a body that `who` has sent to `name`.
 * @throws {AppError} as `countCall`
 */
export async function countBytes(
  { name, who, rate }: { name: string; who: string; rate: ByteRate },
  bytes: number,
): Promise<void> {
  // The counter has 31 bits, and goes on counting what is refused.
  const kib = (count: number) => Math.ceil(count / 1024);
  const { windowMs } = rate;
  const call = { name: `${name} bytes`, who, rate: { limit: kib(rate.bytes), windowMs } };
  await consume(limiter(call.name, call.rate), call, kib(bytes));
}

async function consume(
  counter: RateLimiterAbstract,
  options: RatedCall,
  points: number,
): Promise<void> {
  try {
    await counter.consume(keyOf(options.who), points);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("rate_limited", {
      retryAfterMs: refusal.msBeforeNext,
      detail: options.name,
      first: refusal.consumedPoints - points <= options.rate.limit,
    });
  }
}

/** Counts one more, whatever the limit says, and answers how many there were in this window. */
export async function countUp({ name, who, rate }: RatedCall): Promise<number> {
  try {
    return (await limiter(name, rate).consume(keyOf(who))).consumedPoints;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return refusal.consumedPoints;
  }
}

/** Reaches the limit at once, for `forMs`. */
export async function block({ name, who, rate }: RatedCall, forMs: number): Promise<void> {
  await limiter(name, rate).block(keyOf(who), forMs / 1000);
}

/** Starts counting from nothing. */
export async function forget({ name, who, rate }: RatedCall): Promise<void> {
  await limiter(name, rate).delete(keyOf(who));
}
