import "server-only";
import { AppError } from "@/lib/errors";
import { keyedHash, randomToken } from "@/lib/seal";
import type { Tx } from "@/lib/transaction";
import {
  consumeToken,
  deleteExpiredTokens,
  findToken,
  insertToken,
  type OneTimeTokenRow,
} from "./one-time-token-repo";
import { type TokenPurpose, tokenLifeMs } from "./policy";

/** What is stored in a one-time token's place. */
export function tokenHash(token: string): string {
  return keyedHash("tokens", token);
}

/** A new token for `purpose`, good for its time. The answer exists nowhere else. */
export async function issueToken(
  tx: Tx,
  token: {
    purpose: TokenPurpose;
    userId?: string | undefined;
    sessionId?: string | undefined;
    email?: string | undefined;
    data?: object | undefined;
  },
  nowMs = Date.now(),
): Promise<string> {
  const secret = randomToken();
  await insertToken(tx, {
    ...token,
    hash: tokenHash(secret),
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + tokenLifeMs[token.purpose]),
  });
  return secret;
}

/** What a token stands for, without using it up. */
export async function readToken(
  token: string | undefined,
  purpose: TokenPurpose,
  nowMs = Date.now(),
): Promise<OneTimeTokenRow | undefined> {
  return token ? findToken(tokenHash(token), purpose, new Date(nowMs)) : undefined;
}

/**
 * Uses a token up.
 * @throws {AppError} `token_invalid` when it is unknown, over, used or of another purpose
 */
export async function takeToken(
  tx: Tx,
  token: string,
  purpose: TokenPurpose,
  nowMs = Date.now(),
): Promise<OneTimeTokenRow> {
  const row = await consumeToken(tx, tokenHash(token), purpose, new Date(nowMs));
  if (!row) throw new AppError("token_invalid");
  return row;
}

/** Tokens whose time was over a day ago are forgotten, used or not. */
export function pruneTokens(nowMs = Date.now()): Promise<number> {
  return deleteExpiredTokens(new Date(nowMs - 24 * 3_600_000));
}
