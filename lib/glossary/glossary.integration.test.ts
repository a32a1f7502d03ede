import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";
import { maxTerms } from "./limits";
import { type GlossaryTermInput, glossaryTermInput } from "./schema";

let app: TestApp;
let glossary: typeof import("./service");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [glossary, { db }] = await Promise.all([import("./service"), import("@/lib/db")]);
});
afterAll(() => app.stop());

const term = (text: string, rest: Partial<GlossaryTermInput> = {}) =>
  glossaryTermInput.parse({ term: text, ...rest });

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return AppError.is(error) ? error.code : String(error);
  }
}

const fill = (ownerId: string, count: number) =>
  db().glossaryTerm.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      id: newId(),
      ownerId,
      term: `t${index}`,
    })),
  });

describe("the glossary", () => {
  it("keeps what is given, changes one thing and leaves the rest", async () => {
    const { id: ownerId } = await makeUser();
    const given = term("래프트", { misheard: ["레프트"], translations: { en: "<i>Raft</i>" } });
    const made = await glossary.addTerm({ ownerId, term: given });
    expect(made).toMatchObject(given);
    const changed = await glossary.changeTerm({
      ...{ ownerId, termId: made.id },
      change: { language: "ko" },
    });
    expect(changed).toMatchObject({ ...given, language: "ko" });
    expect(await glossary.listTerms(ownerId)).toEqual([
      { ...changed, updatedAt: expect.any(String) },
    ]);
    await glossary.removeTerm({ ownerId, termId: made.id });
    expect(await glossary.listTerms(ownerId)).toEqual([]);
  });

  it("has a term once for a language, also when two tabs add it", async () => {
    const { id: ownerId } = await makeUser();
    const add = (language: string | null) =>
      codeOf(glossary.addTerm({ ownerId, term: term("수아", { language }) }));
    const at = await Promise.all([add(null), add(null), add(null)]);
    expect(at.filter((code) => code === undefined)).toHaveLength(1);
    expect(at.filter((code) => code === "name_taken")).toHaveLength(2);
    expect(await add("ko")).toBeUndefined();
    const [unbound] = (await glossary.listTerms(ownerId)).filter(({ language }) => !language);
    const toKorean = { ownerId, termId: unbound?.id ?? "", change: { language: "ko" } };
    expect(await codeOf(glossary.changeTerm(toKorean))).toBe("name_taken");
  });

  it("is its owner's alone", async () => {
    const [{ id: ownerId }, { id: stranger }] = [await makeUser(), await makeUser()];
    const made = await glossary.addTerm({ ownerId, term: term("비밀") });
    const foreign = { ownerId: stranger, termId: made.id };
    expect(await codeOf(glossary.changeTerm({ ...foreign, change: {} }))).toBe("not_found");
    expect(await codeOf(glossary.removeTerm(foreign))).toBe("not_found");
    expect(await glossary.listTerms(stranger)).toEqual([]);
  });

  it("ends at its limit, whoever races for the last place", async () => {
    const { id: ownerId } = await makeUser();
    await fill(ownerId, maxTerms - 1);
    const adds = ["a", "b", "c"].map((each) =>
      codeOf(glossary.addTerm({ ownerId, term: term(each) })),
    );
    const codes = await Promise.all(adds);
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === "limit_reached")).toHaveLength(2);
    // What is there can still be changed by a list.
    const list = [term("t0", { misheard: ["x"] })];
    expect(await glossary.importTerms({ ownerId, terms: list })).toMatchObject({ changed: 1 });
    const more = [...list, term("new")];
    expect(await codeOf(glossary.importTerms({ ownerId, terms: more }))).toBe("limit_reached");
  });
});

describe("bringing a list", () => {
  it("adds, changes and leaves, and changes nothing the second time", async () => {
    const { id: ownerId } = await makeUser();
    await glossary.addTerm({ ownerId, term: term("같아요", { misheard: ["가타요"] }) });
    await glossary.addTerm({ ownerId, term: term("달라요") });
    const terms = [
      term("같아요", { misheard: ["가타요"] }),
      term("달라요", { translations: { en: "different" } }),
      term("새로워요"),
      term("새로워요", { misheard: ["세로와요"] }),
    ];
    const first = await glossary.importTerms({ ownerId, terms });
    expect(first).toEqual({ added: 1, changed: 1, unchanged: 1 });
    const stored = await glossary.listTerms(ownerId);
    expect(stored.find((each) => each.term === "새로워요")?.misheard).toEqual(["세로와요"]);
    const second = await glossary.importTerms({ ownerId, terms });
    expect(second).toEqual({ added: 0, changed: 0, unchanged: 3 });
  });
});

describe("what a job takes", () => {
  it("is the owner's glossary when it is asked for", async () => {
    const { id: ownerId } = await makeUser();
    await glossary.addTerm({
      ownerId,
      term: term("래프트", { misheard: ["레프트"], translations: { en: "Raft" } }),
    });
    const options = { glossary: true, hints: ["수아"], corrections: [], targets: ["en"] };
    const taken = await glossary.termsForJob(ownerId, options, "ko");
    expect(taken).toMatchObject({
      hints: ["수아", "래프트"],
      corrections: [{ heard: "레프트", correct: "래프트" }],
    });
    expect(taken.pairsFor("en")).toEqual([{ source: "래프트", target: "Raft" }]);
    expect(taken.pairsFor("ja")).toEqual([]);
    const off = await glossary.termsForJob(ownerId, { ...options, glossary: false }, "ko");
    expect(off).toMatchObject({ hints: ["수아"], corrections: [], pairs: { en: [] } });
  });
});
