import "server-only";
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

/**
 * Counts one call of `name` by `who`.
 * @throws {AppError} `rate_limited` with the time to wait when the limit is reached.
 */
export async function countCall(options: { name: string; who: string; rate: Rate }): Promise<void> {
  try {
    await limiter(options.name, options.rate).consume(options.who);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("rate_limited", { retryAfterMs: refusal.msBeforeNext });
  }
}
