import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { type Tx, transaction } from "@/lib/transaction";
import { type Caller, whence } from "./caller";
import { issueToken, readToken, takeToken } from "./one-time-tokens";
import { type Opening, openAccount } from "./open-account";
import { noteReauthenticated } from "./re-authentication";
import { checkSecondFactor, isSecondFactorOn } from "./second-factor";
import type { SessionTokens } from "./sessions";

/** A log-in, or a proof of who it is, that still lacks its second factor. */
const challengeData = z.object({
  intent: z.enum(["log_in", "reauthenticate"]),
  kind: z.enum(["browser", "api"]),
  remember: z.boolean(),
  methods: z.array(z.string()),
  next: z.string().optional(),
});
type ChallengeData = z.infer<typeof challengeData>;

export type Passed =
  | { done: SessionTokens }
  /** The second factor is on: this token and a code finish the log-in. */
  | { challenge: string };

/** Goes on from a first proof: straight in or, where it is on, to the second factor. */
export async function passFirstFactor(
  options: Opening & { next?: string | undefined },
): Promise<Passed> {
  const { userId, kind, remember, methods, next } = options;
  if (!(await isSecondFactorOn(userId))) return { done: await openAccount(options) };
  const data: ChallengeData = { intent: "log_in", kind, remember, methods: [...methods], next };
  return { challenge: await issueChallenge({ userId, data }) };
}

export async function issueChallenge(options: {
  userId: string;
  sessionId?: string;
  data: ChallengeData;
}): Promise<string> {
  return transaction((tx) => issueToken(tx, { purpose: "challenge", ...options }));
}

export async function pendingChallengeOf(
  token: string | undefined,
): Promise<Pick<ChallengeData, "intent" | "next"> | undefined> {
  const row = await readToken(token, "challenge");
  return row && challengeData.parse(row.data);
}

/**
 * The second factor of a log-in or of a proof. A wrong code leaves the challenge as it is; tries
 * are counted.
 * @throws {AppError} `token_invalid`, `second_factor_rejected`, `rate_limited`
 */
export async function passChallenge(options: {
  challenge: string;
  code: string;
  caller: Caller;
}): Promise<{ next: string | undefined; tokens: SessionTokens | undefined }> {
  const { challenge, code, caller } = options;
  const row = await readToken(challenge, "challenge");
  if (!row?.userId) throw new AppError("token_invalid");
  const { userId, sessionId } = row;
  const data = challengeData.parse(row.data);
  const factor = await checkSecondFactor({ userId, code, from: whence(caller) });
  const methods = [...data.methods, factor === "totp" ? "otp" : "recovery"];
  const { intent, kind, remember, next } = data;
  // Taken together with what it leads to: a password reset in between ends both.
  const taking = (tx: Tx) => takeToken(tx, challenge, "challenge");
  if (intent === "log_in") {
    const opening = { userId, caller, kind, remember, methods, taking };
    return { next, tokens: await openAccount(opening) };
  }
  await transaction(async (tx) => {
    await taking(tx);
    if (!sessionId) throw new AppError("token_invalid");
    const principal = { userId, sessionId };
    await noteReauthenticated(tx, { principal, caller, method: methods.join(" ") });
  });
  return { next, tokens: undefined };
}
