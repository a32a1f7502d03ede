import "server-only";
import type pg from "pg";
import { pool } from "@/lib/db";

/** Where the rate limiter keeps its counters. */
export function rateLimitPool(): pg.Pool {
  return pool();
}
