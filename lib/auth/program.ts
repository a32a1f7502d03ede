import "server-only";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { type Caller, currentCaller } from "./caller";
import { passChallenge, passFirstFactor } from "./challenge";
import { setSessionCookies } from "./cookie-session";
import { readCookie } from "./cookies";
import { checkPassword } from "./log-in";
import { authRates } from "./policy";
import { refreshHash } from "./refresh-token";
import { renewSession, revokeByToken } from "./renewal";
import type { TokenInput, TokenSet } from "./schema";
import type { SessionTokens } from "./sessions";

function tokenSet(tokens: SessionTokens, nowMs = Date.now()): TokenSet {
  return {
    tokenType: "Bearer",
    accessToken: tokens.accessToken,
    expiresIn: Math.round((tokens.accessExpiresAtMs - nowMs) / 1000),
    refreshToken: tokens.refreshToken,
    refreshExpiresAt: new Date(tokens.endsAtMs).toISOString(),
  };
}

/** A program isn't a browser: whatever cookies it sends, it is known by what it says it is. */
async function programCaller(): Promise<Caller> {
  return { ...(await currentCaller()), deviceToken: undefined };
}

/**
 * A program's log-in, first-party and under the same rules as the page's.
 * @throws {AppError} as `checkPassword`; `second_factor_required` with `data.challenge`
 */
export async function logInProgram(input: TokenInput): Promise<TokenSet> {
  const caller = await programCaller();
  if ("challenge" in input) {
    const { tokens } = await passChallenge({ ...input, caller });
    if (!tokens) throw new AppError("token_invalid");
    return tokenSet(tokens);
  }
  const { id: userId, passwordHash } = await checkPassword({ ...input, caller });
  const { remember } = input;
  const how = { kind: "api", remember, methods: ["pwd"] } as const;
  const passed = await passFirstFactor({ userId, caller, passwordHash, ...how });
  if ("done" in passed) return tokenSet(passed.done);
  throw new AppError("second_factor_required", { data: { challenge: passed.challenge } });
}

/**
 * New tokens for a refresh token: a program's own, or this browser's cookie, which is renewed in
 * place (then there is nothing to answer).
 * @throws {AppError} `refresh_rejected`, `rate_limited`
 */
export async function refreshTokens(given: string | undefined): Promise<TokenSet | undefined> {
  const refreshToken = given ?? (await readCookie("refresh"));
  if (!refreshToken) throw new AppError("refresh_rejected");
  const caller = await currentCaller();
  await countCall({ name: "refresh", who: refreshHash(refreshToken), rate: authRates.refresh });
  const tokens = await renewSession({ refreshToken, caller });
  if (given) return tokenSet(tokens);
  await setSessionCookies(tokens);
  return undefined;
}

export async function revokeTokens(refreshToken: string): Promise<void> {
  await revokeByToken({ refreshToken, caller: await currentCaller() });
}
