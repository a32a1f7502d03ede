import { expect, test } from "vitest";
import { isId, newId } from "./ids";

test("ids sort as they were made, also within a millisecond", () => {
  const made = [1_000, 1_001].flatMap((nowMs) => Array.from({ length: 4_096 }, () => newId(nowMs)));
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test("an id says when it was made, its version and its variant", () => {
  const id = newId(Date.UTC(2026, 0, 1));
  expect(isId(id)).toBe(true);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.UTC(2026, 0, 1));
  expect(id).toMatch(/^.{14}7.{4}[89ab]/);
});

test("ids that two processes make in the same millisecond differ", () => {
  const count = 20_000;
  expect(new Set(Array.from({ length: count }, (_, i) => newId(i % 2))).size).toBe(count);
});

test.each(["", "0", "0193", newId().toUpperCase(), `${newId()} `, newId().replaceAll("-", "")])(
  "%j is no id",
  (value) => expect(isId(value)).toBe(false),
);
