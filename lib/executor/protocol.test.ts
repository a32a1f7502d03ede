import { expect, test } from "vitest";
import { readReply } from "./protocol";

const reply = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return readReply(new Response(text, { status, headers }), 0);
};

test("200 is the end, whatever is returned", async () => {
  expect(await reply(200, { a: 1 })).toEqual({ kind: "done", output: { a: 1 } });
  expect(await reply(200, "null")).toEqual({ kind: "done", output: null });
});

test("206 lists what the code asks for", async () => {
  const answer = await reply(
    206,
    [
      { id: "h1", op: "Sleep", name: "2s", displayName: "rest", opts: null },
      { id: "h2", op: "StepError", name: "x", error: { name: "TypeError", message: "m" } },
      { id: "h3", op: "StepRun", name: "y", data: 0 },
    ],
    { "retry-after": "30" },
  );
  expect(answer).toMatchObject({
    kind: "ops",
    retryAfterMs: 30_000,
    ops: [
      { id: "h1", op: "Sleep", name: "2s", displayName: "rest", opts: {}, error: undefined },
      { op: "StepError", displayName: "x", error: { name: "TypeError", message: "m" } },
      { op: "StepRun", data: 0 },
    ],
  });
});

test.each([
  [400, { name: "E", message: "m" }, { "x-inngest-no-retry": "true" }, false],
  [500, { name: "E", message: "m" }, { "x-inngest-no-retry": "false" }, true],
  [500, { type: "internal", name: "E", message: "m" }, {}, true],
  [500, "null", {}, true],
  [502, "<html>bad gateway</html>", {}, true],
  [206, { not: "a list" }, {}, true],
])("%s %j is a failure; retryable as told: %j %s", async (status, body, headers, retryable) => {
  expect(await reply(status, body, headers)).toMatchObject({ kind: "failed", retryable });
});

test("a step that is no longer in the code is told apart", async () => {
  const body = { error: "Could not find step", requestedStep: "h", foundSteps: [] };
  expect(await reply(500, body, { "x-inngest-no-retry": "false" })).toEqual({
    kind: "step-not-found",
  });
});
