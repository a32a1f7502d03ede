import { describe, expect, it } from "vitest";
import { exportFormats } from "@/lib/tracks/export-formats";
import { customOf, optionQuery, optionsFor, readChoice } from "./choice";

const all = { fps: 25, spoken: true, styled: true, second: true };

describe("what there is to choose", () => {
  it.each([
    ["srt", ["speakers", "secondPlace", "frames", "lineEnd", "bom"]],
    ["vtt", ["speakers", "secondPlace", "looks", "frames", "lineEnd", "bom"]],
    ["txt", ["speakers", "secondPlace", "times", "paragraphs", "lineEnd", "bom"]],
    ["json", ["lineEnd", "bom"]],
    ["docx", ["speakers"]],
  ] as const)("%s", (format, names) => {
    expect(optionsFor([format], all)).toEqual(names);
  });

  it("leaves out what would change nothing", () => {
    const none = { fps: null, spoken: false, styled: false, second: false };
    expect(optionsFor(exportFormats, none)).toEqual(["times", "paragraphs", "lineEnd", "bom"]);
  });

  it("is by custom what the writers do", () => {
    expect(customOf("bom", "csv")).toBe(true);
    expect(customOf("bom", "srt")).toBe(false);
    expect(customOf("speakers", "vtt")).toBe(true);
    expect(customOf("speakers", "srt")).toBe(false);
    expect(customOf("looks", "vtt")).toBe(true);
  });
});

it("asks only for what was chosen and counts", () => {
  const chosen = { bom: true, frames: false, lineEnd: "crlf", times: true } as const;
  expect(optionQuery(chosen, ["bom", "frames", "lineEnd", "speakers"])).toEqual({
    ...{ bom: "1", frames: "0", lineEnd: "crlf" },
  });
});

describe("what is remembered", () => {
  it.each(["", "null", "[]", "{", '{"format":"exe","formats":["exe"],"options":3}'])(
    "reads %j as nothing",
    (stored) => {
      expect(readChoice(stored)).toEqual({ format: "srt", formats: ["srt", "vtt"], options: {} });
    },
  );

  it("gives a choice back", () => {
    const choice = { format: "csv", formats: ["smi"], options: { csv: { bom: false } } };
    expect(readChoice(JSON.stringify(choice))).toEqual(choice);
  });
});
