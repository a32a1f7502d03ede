import { describe, expect, it } from "vitest";
import { readHints } from "./hint-text";

describe("names and terms as they are typed", () => {
  it.each([
    ["", []],
    ["수아, 지호\n래프트", ["수아", "지호", "래프트"]],
    ["수아,, ,\n\n수아", ["수아"]],
    ["東京、大阪；京都", ["東京", "大阪", "京都"]],
    ["New York, <b>AX2</b>", ["New York", "<b>AX2</b>"]],
    ["하늘".normalize("NFD"), ["하늘"]],
  ])("%j are %j", (text, hints) => {
    expect(readHints(text)).toEqual({ hints });
  });

  it("are cut where there are too many, and say so", () => {
    const text = Array.from({ length: 51 }, (_, index) => `t${index}`).join(",");
    const read = readHints(text);
    expect(read.hints).toHaveLength(50);
    expect(read.problem).toEqual({ kind: "tooMany", count: 51 });
  });

  it("say which one is too long", () => {
    const long = "가".repeat(101);
    expect(readHints(`수아, ${long}`)).toEqual({
      hints: ["수아"],
      problem: { kind: "tooLong", term: long },
    });
  });
});
