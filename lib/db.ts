import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { env } from "./env";
import { AppError, type ErrorCode } from "./errors";

/** The client, or one transaction of it: what a repository function works on. */
export type Db = PrismaClient | Prisma.TransactionClient;
export type Tx = Prisma.TransactionClient;
export { Prisma };

interface Opened {
  pool: pg.Pool;
  prisma: PrismaClient;
}

/** One pool for the process, also across Next's development reloads. */
const holder = globalThis as typeof globalThis & { ax2Database?: Opened };

/** A pool and a client of its own for `url`. Without these limits the driver would wait for ever. */
export function openDatabase(url: string, poolSize = 10): Opened {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
  });
  // A connection that breaks while nobody uses it is replaced at the next query; without
  // listeners Node would end the process for it.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

function opened(): Opened {
  holder.ax2Database ??= openDatabase(databaseUrl(), env().DATABASE_POOL_SIZE);
  return holder.ax2Database;
}

export function db(): PrismaClient {
  return opened().prisma;
}

/** The pool under the client, for libraries that speak plain Postgres. */
export function pool(): pg.Pool {
  return opened().pool;
}

/** Ends this process's connections; the next use opens new ones. */
export async function closeDatabase(): Promise<void> {
  const last = holder.ax2Database;
  delete holder.ax2Database;
  await last?.prisma.$disconnect();
  await last?.pool.end();
}

/** Address of the database of this process. */
export function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: start the product with npm start");
  return url;
}

/** A connection of its own outside the pool, for LISTEN and advisory locks. */
export function dedicatedConnection(): pg.Client {
  return new pg.Client({ connectionString: databaseUrl(), keepAlive: true });
}

/**
 * What a write answers.
 * @throws {AppError} `code` when it violates a unique constraint
 */
export async function uniqueOr<T>(code: ErrorCode, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
    throw taken ? new AppError(code, { cause: error }) : error;
  }
}

/** serialization_failure, deadlock_detected, lock_not_available */
const conflictStates = new Set(["40001", "40P01", "55P03"]);

/** True when Postgres ended a transaction so that another could go on: a deadlock, a lost race. */
export function isConflict(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2034") return true;
  const state = sqlState(error);
  return state !== undefined && conflictStates.has(state);
}

/**
 * The SQLSTATE behind a database error. What a raw query meets comes wrapped: by Prisma's client,
 * by its driver adapter, by the driver; the state is in one of the layers.
 */
export function sqlState(error: unknown): string | undefined {
  for (let layer = error, depth = 0; layer && typeof layer === "object" && depth < 8; depth++) {
    const { originalCode, code, meta, cause, driverAdapterError } = layer as Layer;
    const state = [originalCode, code].find((each) => /^[0-9A-Z]{5}$/.test(each ?? ""));
    // Prisma's own codes look alike: P2010.
    if (state && !/^P\d{4}$/.test(state)) return state;
    layer = meta?.driverAdapterError ?? driverAdapterError ?? cause;
  }
  return undefined;
}

interface Layer {
  originalCode?: string;
  code?: string;
  meta?: { driverAdapterError?: unknown };
  driverAdapterError?: unknown;
  cause?: unknown;
}
