import { expect, test } from "vitest";
import { nextFire, readFunctions } from "./functions";

const config = (more: Record<string, unknown>) => ({
  id: "app-f",
  triggers: [{ event: "go" }],
  steps: { step: {} },
  ...more,
});
const read = (more: Record<string, unknown>) => readFunctions([config(more)])[0];

test("tries are the retries and the first; unsaid, the SDK's default", () => {
  expect(read({})?.maxAttempts).toBe(4);
  expect(read({ steps: { step: { retries: { attempts: 0 } } } })?.maxAttempts).toBe(1);
});

test.each([
  [5, [{ limit: 5, key: undefined, scope: "fn" }]],
  [{ limit: 2, key: "event.data.id" }, [{ limit: 2, key: "event.data.id", scope: "fn" }]],
  [
    [{ limit: 2 }, { limit: 4, scope: "account", key: "'all'" }],
    [
      { limit: 2, key: undefined, scope: "fn" },
      { limit: 4, key: "'all'", scope: "account" },
    ],
  ],
])("concurrency %j is read", (concurrency, expected) => {
  expect(read({ concurrency })?.concurrency).toEqual(expected);
});

test("lengths of time become milliseconds, and must be some", () => {
  const spec = read({
    cancel: [{ event: "stop", if: "async.data.id == event.data.id", timeout: "1h" }],
    timeouts: { start: "10m" },
  });
  expect(spec?.cancelOn[0]?.withinMs).toBe(3_600_000);
  expect(spec?.timeouts).toEqual({ startMs: 600_000, finishMs: undefined });
  expect(() => read({ timeouts: { finish: "soon" } })).toThrow("app-f: soon isn't a length");
});

test("a schedule goes by its zone, UTC unless it says", () => {
  const cron = (text: string) => {
    const [found] = read({ triggers: [{ cron: text }] })?.crons ?? [];
    return found && nextFire(found, Date.UTC(2026, 0, 1, 12));
  };
  expect(cron("0 9 * * *")).toBe(Date.UTC(2026, 0, 2, 9));
  expect(cron("TZ=Asia/Seoul 0 9 * * *")).toBe(Date.UTC(2026, 0, 2, 0));
});
