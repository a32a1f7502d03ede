import "server-only";
import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import { rateLimitPool } from "./repo";

/** At most `limit` calls within `windowMs`. */
export interface Rate {
  limit: number;
  windowMs: number;
}

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

/**
 * Counts nothing, only looks.
 * @throws {AppError} `rate_limited` when the limit has been reached.
 */
export async function assertWithinRate(options: RatedCall): Promise<void> {
  const { name, who, rate } = options;
  const counted = await limiter(name, rate).get(keyOf(who));
  if (counted && counted.consumedPoints >= rate.limit) {
    throw new AppError("rate_limited", { retryAfterMs: counted.msBeforeNext });
  }
}

/**
 * Counts one call of `name` by `who`.
 * @throws {AppError} `rate_limited` with the time to wait when the limit is reached.
 */
export async function countCall(options: RatedCall): Promise<void> {
  try {
    await limiter(options.name, options.rate).consume(keyOf(options.who));
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("rate_limited", { retryAfterMs: refusal.msBeforeNext });
  }
}
