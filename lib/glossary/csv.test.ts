import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTermList, writeTermList } from "./csv";
import { maxTerms } from "./limits";
import { type GlossaryTermInput, glossaryText, termKey } from "./schema";

const term = (text: string, rest: Partial<GlossaryTermInput> = {}): GlossaryTermInput => ({
  term: text,
  language: null,
  misheard: [],
  translations: {},
  ...rest,
});

describe("reading a list", () => {
  it("knows columns by their names in both languages", () => {
    const english = "term,language,misheard,en,zh-Hant\n래프트,ko,레프트|라프트,Raft,筏";
    const korean = "용어,언어,잘못 들린 말,영어,zh-Hant\n래프트,한국어,레프트; 라프트,Raft,筏";
    const read = {
      terms: [
        term("래프트", {
          language: "ko",
          misheard: ["레프트", "라프트"],
          translations: { en: "Raft", "zh-Hant": "筏" },
        }),
      ],
      problems: [],
    };
    expect(readTermList(english)).toEqual(read);
    expect(readTermList(korean)).toEqual(read);
    expect(readTermList(`\ufeff${english.replaceAll(",", "\t").replaceAll("\n", "\r\n")}`)).toEqual(
      read,
    );
  });

  it("takes lines without a head for terms and how they are misheard", () => {
    expect(readTermList("수아\n래프트,레프트\n\n")).toEqual({
      terms: [term("수아"), term("래프트", { misheard: ["레프트"] })],
      problems: [],
    });
  });

  it("reads quoted cells with separators, quotes and line breaks in them", () => {
    expect(readTermList('term,en\n"콤마, 와 ""따옴표""","두\n줄"\n다음,x').terms).toEqual([
      term('콤마, 와 "따옴표"', { translations: { en: "두 줄" } }),
      term("다음", { translations: { en: "x" } }),
    ]);
  });

  it.each([
    ["term,language\n수아,클링온", { line: 2, kind: "unknown_language", value: "클링온" }],
    ["term,en\n\n,Raft", { line: 3, kind: "no_term", value: ", Raft" }],
    ["term,색깔\n수아,파랑", { line: 1, kind: "unknown_column", value: "색깔" }],
    ["term\n수아\n지호\n수아", { line: 4, kind: "repeated", value: "수아" }],
    ['term,en\n"a\nb\n수아,x', { line: 2, kind: "unclosed_quote", value: "a\nb\n수아,x" }],
    [`term\n${"가".repeat(101)}`, { line: 2, kind: "too_long", value: "가".repeat(101) }],
  ])("%j has a problem in its line", (text, problem) => {
    expect(readTermList(text).problems).toContainEqual(problem);
  });

  it("names the line after cells of several lines rightly", () => {
    expect(readTermList('term,language\n"a\r\nb",ko\r\n수아,xx').problems).toEqual([
      { line: 4, kind: "unknown_language", value: "xx" },
    ]);
  });

  it("stops at the most that a glossary holds", () => {
    const many = Array.from({ length: maxTerms + 5 }, (_, index) => `t${index}`).join("\n");
    const { terms, problems } = readTermList(many);
    expect(terms).toHaveLength(maxTerms);
    expect(problems).toEqual([{ line: maxTerms + 1, kind: "too_many", value: `t${maxTerms}` }]);
  });
});

describe("writing a list", () => {
  it("keeps a spreadsheet from calculating with it", () => {
    expect(writeTermList([term("=1+1"), term("-수아")])).toContain("\r\n'=1+1,,\r\n'-수아,,\r\n");
  });

  it("is read back as it was", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((each) => !/[|;]/.test(each))
      .map((each) => glossaryText.safeParse(each).data ?? "'=x");
    const terms = fc.uniqueArray(
      fc.record({
        term: text,
        language: fc.constantFrom(null, "ko", "en"),
        misheard: fc.uniqueArray(text, { maxLength: 3 }),
        translations: fc.dictionary(fc.constantFrom("en", "ja", "zh-Hans"), text, {
          noNullPrototype: true,
        }),
      }),
      { selector: termKey, maxLength: 8 },
    );
    fc.assert(
      fc.property(terms, (list) => {
        expect(readTermList(writeTermList(list))).toEqual({ terms: list, problems: [] });
      }),
    );
  });
});
