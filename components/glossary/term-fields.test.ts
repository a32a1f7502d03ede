import { describe, expect, it } from "vitest";
import type { GlossaryTermView } from "@/lib/glossary/schema";
import { fieldsOf, foundTerms, readFields, withLanguages } from "./term-fields";

const raft: GlossaryTermView = {
  id: "1",
  term: "래프트",
  language: "ko",
  misheard: ["레프트", "라프트"],
  translations: { en: "Raft" },
  updatedAt: "2026-01-01T00:00:00.000Z",
};

describe("a term's form", () => {
  it("says what the term says", () => {
    const { id: _, updatedAt: __, ...input } = raft;
    expect(readFields(fieldsOf(raft))).toEqual({ term: input });
  });

  it.each([
    [{ ...fieldsOf(), term: "  " }, "missing"],
    [{ ...fieldsOf(), term: "가".repeat(101) }, "missing"],
    [
      {
        ...fieldsOf(),
        term: "a",
        misheard: Array(21)
          .fill(0)
          .map((_, i) => i)
          .join(","),
      },
      "tooManyMisheard",
    ],
    [{ ...fieldsOf(), term: "a", translations: [{ code: "en", text: " " }] }, "translationMissing"],
  ])("%j lacks something", (fields, problem) => {
    expect(readFields(fields)).toEqual({ problem });
  });

  it("takes each way of mishearing once, however it is parted", () => {
    const fields = { ...fieldsOf(), term: "a", misheard: "레프트, 라프트、레프트 ,, " };
    expect(readFields(fields)).toMatchObject({ term: { misheard: ["레프트", "라프트"] } });
  });

  it("keeps what is written for languages that stay", () => {
    const before = [
      { code: "en", text: "Raft" },
      { code: "ja", text: "ラフト" },
    ];
    expect(withLanguages(before, ["ja", "es"])).toEqual([
      { code: "ja", text: "ラフト" },
      { code: "es", text: "" },
    ]);
  });
});

describe("searching", () => {
  const terms = [raft, { ...raft, id: "2", term: "가온", misheard: [], translations: {} }];
  it.each([
    ["", ["가온", "래프트"]],
    ["레프", ["래프트"]],
    ["raft", ["래프트"]],
    ["가온".normalize("NFD"), ["가온"]],
    ["없음", []],
  ])("%j finds %j", (query, found) => {
    expect(foundTerms(terms, query, "ko").map(({ term }) => term)).toEqual(found);
  });
});
