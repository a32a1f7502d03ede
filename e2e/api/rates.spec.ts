import { createHash } from "node:crypto";
import { expect, test } from "@playwright/test";
import { browserCookie, makeAccount } from "../fixtures/account";
import { query } from "../fixtures/database";

/** Calls a minute, as docs/api.md promises. */
const limit = 1_200;
const settings = "/api/v1/me/editor-settings";

async function enter(url: string) {
  const account = await makeAccount(url);
  const cookie = await browserCookie(url, account);
  const ask = async (method: string) => {
    const headers = { cookie, "content-type": "application/json" };
    const body = method === "PATCH" ? "{}" : null;
    const answer = await fetch(new URL(settings, url), { method, headers, body });
    await answer.arrayBuffer();
    return { status: answer.status, retryAfter: Number(answer.headers.get("retry-after")) };
  };
  return { account, ask };
}

test("an account reads so much a minute, and others don't notice", async ({
  baseURL: url = "",
}) => {
  const [one, other] = [await enter(url), await enter(url)];
  let [allowed, calls] = [0, 0];
  let refused: Awaited<ReturnType<typeof one.ask>> | undefined;
  // A slow machine may have let a minute go by before it was enough.
  const reader = async () => {
    while (!refused && calls < 3 * limit) {
      calls += 1;
      const answer = await one.ask("GET");
      if (answer.status === 429) refused = answer;
      else if (answer.status === 200) allowed += 1;
    }
  };
  await Promise.all(Array.from({ length: 8 }, reader));
  expect(allowed).toBeGreaterThanOrEqual(limit);
  expect(refused?.retryAfter).toBeGreaterThan(0);
  expect((await other.ask("GET")).status).toBe(200);
  // What it writes is counted for itself: nobody loses an edit for what they read.
  expect((await one.ask("PATCH")).status).toBe(200);
});

test("a change without a rate of its own has the usual one", async ({ baseURL: url = "" }) => {
  const { account, ask } = await enter(url);
  expect((await ask("PATCH")).status).toBe(200);
  const [user] = await query<{ id: string }>("SELECT id FROM users WHERE email = $1", [
    account.email,
  ]);
  const who = createHash("sha256")
    .update(user?.id ?? "")
    .digest("base64url");
  // As if it had been made that often in this minute.
  const counted = await query(
    "UPDATE rate_limits SET points = $2 WHERE key = $1 AND points = 1 RETURNING key",
    [`PATCH ${settings}:${who}`, limit],
  );
  expect(counted).toHaveLength(1);
  expect((await ask("PATCH")).status).toBe(429);
  expect((await ask("GET")).status).toBe(200);
});
