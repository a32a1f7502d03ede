import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMatcher } from "@/lib/subtitles/search/regex/matcher";

function groupsOf(
  source: string,
  text: string,
  ignoreCase = false,
): (string | undefined)[] | string | undefined {
  const matcher = makeMatcher(source, { ignoreCase });
  if (typeof matcher === "string") return matcher;
  const captures = matcher.matchFrom(text, 0);
  return (
    captures &&
    Array.from({ length: captures.length / 2 }, (_, i) => {
      const [from, to] = [captures[i * 2] ?? -1, captures[i * 2 + 1] ?? -1];
      return from === -1 || to === -1 ? undefined : text.slice(from, to);
    })
  );
}

describe("makeMatcher", () => {
  it.each<[string, string, unknown]>([
    ["회의", "오늘 회의를", ["회의"]],
    ["(회)(의)?", "회", ["회", "회", undefined]],
    ["a|ab", "ab", ["a"]],
    ["(?:a|ab)c", "abc", ["abc"]],
    ["a+?", "aaa", ["a"]],
    ["a{2,3}", "aaaa", ["aaa"]],
    ["^나$", "가\n나\n다", ["나"]],
    ["(\\d+)초", "12초", ["12초", "12"]],
    ["(?<n>\\d+)", "7", ["7", "7"]],
    ["[가-다x-]+", "나-x라", ["나-x"]],
    ["[^\\]]+", "a]b", ["a"]],
    ["\\w+", "¡회의1_é!", ["회의1_é"]],
    ["[\\w-]+", "(한-글)", ["한-글"]],
    ["\\b의\\b", "회의 의", ["의"]],
    [".", "👩", ["👩"]],
    ["\\u{1F469}", "👩", ["👩"]],
    ["\\ud83d\\udc69", "👩", ["👩"]],
    ["\\p{Script=Hangul}+", "ab한글", ["한글"]],
    ["x*", "", [""]],
    ["b", "a", undefined],
    ["(", "", "invalid"],
    ["a{2,1}", "", "invalid"],
    ["[\\W]", "", "unsupported"],
    ["(?=a)", "", "unsupported"],
    ["(?<!a)b", "", "unsupported"],
    ["(a)\\1", "", "unsupported"],
    ["(?<n>a)\\k<n>", "", "unsupported"],
    ["((a{100}){100}){100}", "", "too_long"],
    ["a".repeat(1_001), "", "too_long"],
  ])("%j in %j: %j", (source, text, groups) => expect(groupsOf(source, text)).toEqual(groups));

  it("knows letters of both cases where case doesn't matter", () => {
    expect(groupsOf("ÉtÉ", "l'été", true)).toEqual(["été"]);
    expect(groupsOf("[A-C]+", "abcd", true)).toEqual(["abc"]);
  });

  it.each(["(a+)+b", "(a|a)*b", "(a|aa)+$b", "(.*)*(.*)*(.*)*b", "a*a*a*a*a*a*a*a*b"])(
    "takes no time for %s, which holds browsers for good",
    (source) => {
      const before = performance.now();
      expect(groupsOf(source, "a".repeat(2_000))).toBeUndefined();
      expect(performance.now() - before).toBeLessThan(5_000);
    },
  );

  it("finds what browsers find", () => {
    const atom = fc.constantFrom(...["a", "b", ".", "[ab]", "[^a]", "가", "^", "$", "\\s"]);
    const one = fc.constantFrom("a", "b", ".", "[^a]", "가", "(a)", "(a|b)", "(?:ab|a)", "(b|(a))");
    const times = fc.constantFrom("*", "+", "?", "{2}", "{1,2}", "{0,2}", "*?", "+?", "??");
    const piece = fc.oneof(
      atom,
      fc.tuple(one, times).map((parts) => parts.join("")),
    );
    const sequence = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(""));
    const source = fc.oneof(
      sequence,
      fc.tuple(sequence, sequence).map(([one, two]) => `${one}|${two}`),
      fc.tuple(sequence, sequence).map(([one, two]) => `(${one}|${two})b?`),
      fc.tuple(sequence, times).map(([body, how]) => `(a${body})${how}`),
    );
    const text = fc.string({ unit: fc.constantFrom("a", "b", "가", "\n", " "), maxLength: 10 });
    fc.assert(
      fc.property(source, text, fc.boolean(), (expression, given, ignoreCase) => {
        const found = new RegExp(expression, ignoreCase ? "imu" : "mu").exec(given);
        const expected = found ? Array.from(found) : undefined;
        expect(groupsOf(expression, given, ignoreCase)).toEqual(expected);
      }),
      { numRuns: 3_000 },
    );
  });
});
