import { expect, test } from "vitest";
import { checkExpression, expressionHolds, expressionKey, expressionNumber } from "./expressions";

const scope = {
  event: { name: "job/requested", data: { id: "j1", attempt: 2, paid: true, tags: ["a"] } },
  async: { data: { id: "j1" } },
};

test.each([
  ["event.data.id == async.data.id", true],
  ["event.data.id == 'j2'", false],
  ["event.data.attempt == 2", true],
  ["event.data.attempt > 1 && 'a' in event.data.tags", true],
  ["has(event.data.missing)", false],
  ["event.data.missing == 'x'", false],
  ["event.data.missing != 'x'", false],
  ["event.data.id", false],
])("%s is %s", (expression, holds) => {
  expect(expressionHolds(expression, scope)).toBe(holds);
});

test("a key is text, and absent when the event lacks it", () => {
  expect(expressionKey("event.data.id + '-' + string(event.data.attempt)", scope)).toBe("j1-2");
  expect(expressionKey("event.data.attempt", scope)).toBe("2");
  expect(expressionKey("event.data.missing", scope)).toBeUndefined();
});

test("a number stays within its bounds", () => {
  const bounds = { min: -600, max: 600 };
  expect(expressionNumber("event.data.paid ? 120 : -5", scope, bounds)).toBe(120);
  expect(expressionNumber("9999", scope, bounds)).toBe(600);
  expect(expressionNumber("event.data.id", scope, bounds)).toBe(0);
});

test("what isn't an expression is refused", () => {
  expect(() => checkExpression("event.data. ==")).toThrow();
  expect(() => checkExpression("event.data.id == 'x'")).not.toThrow();
});
