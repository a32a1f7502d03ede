import "server-only";
import { keyedHash } from "@/lib/seal";
import { refreshOverlapMs } from "./policy";

/** What is stored in a refresh token's place. */
export function refreshHash(token: string): string {
  return keyedHash("refresh", `hash:${token}`);
}

/**
 * The token that takes this one's place. It follows from the one before and a key that only the
 * server has, so that two tabs that renew at once, or one whose answer got lost, get the same.
 */
export function nextRefreshToken(token: string): string {
  return keyedHash("refresh", `next:${token}`);
}

/**
 * What to do with a refresh token that is presented: `rotate` the live one, `repeat` the answer
 * for the one just replaced, and take anything older for a copy in strange hands (RFC 9700, 4.14).
 */
export function judgeRefresh(
  token: { usedAt: Date | null },
  next: { usedAt: Date | null } | undefined,
  nowMs: number,
): "rotate" | "repeat" | "reuse" {
  if (token.usedAt === null) return "rotate";
  const young = nowMs - token.usedAt.getTime() <= refreshOverlapMs;
  return young && next?.usedAt === null ? "repeat" : "reuse";
}
