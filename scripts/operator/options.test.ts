import { describe, expect, it } from "vitest";
import { readCommand, usage } from "./options";

describe("readCommand", () => {
  it.each([
    [["list"], { command: "list" }],
    [["add", "a@example.test"], { command: "add", email: "a@example.test" }],
    [["remove", "a@example.test"], { command: "remove", email: "a@example.test" }],
  ])("reads %j", (args, command) => {
    expect(readCommand(args)).toEqual(command);
  });

  it.each([[[]], [["add"]], [["add", "nobody"]], [["list", "x"]], [["add", "a@b.test", "x"]]])(
    "says how for %j",
    (args) => {
      expect(() => readCommand(args)).toThrow(usage);
    },
  );
});
