import { describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { type ReadableFormat, readSubtitles } from "@/lib/subtitles/formats";
import { ruleProfile } from "@/lib/subtitles/rules";
import { importedCues } from "./imported-cues";
import { editOperation } from "./operation-schema";

const read = (format: ReadableFormat, text: string) => {
  const { document } = readSubtitles({ text, format, makeId: () => newId() });
  const at = "2026-11-27T00:00:00.000Z";
  return importedCues(document, {
    ...{ format, untimed: false, present: [], nameOf: (key: string) => key, at },
    ...{ profile: ruleProfile("en"), language: "en" },
  }).cues;
};
const json = (...cues: object[]) =>
  JSON.stringify({
    format: "ax2-caption",
    version: 1,
    cues: cues.map((cue) => ({ startMs: 0, endMs: 1_000, text: "글", ...cue })),
  });
const word = { text: "글", startMs: 0, endMs: 900 };

describe("the cues of a file", () => {
  it.each<[string, ReadableFormat, string]>([
    ["an id with what can't be kept", "json", json({ id: " a\u0000 " }, { id: "\u0000" })],
    ["a language that is none", "json", json({ id: "a", language: "x".repeat(90) })],
    ["half a character", "json", json({ id: "a", speaker: "\ud800", sourceId: "\u0000\udc00" })],
    ["a place off the picture", "json", json({ id: "a", settings: { size: 1e9, line: -1e300 } })],
    ["words without end", "json", json({ id: "a", words: Array(2_001).fill(word) })],
    ["a word with NUL", "json", json({ id: "a", words: [{ ...word, speaker: "\u0000" }] })],
    [
      "a provenance that says what none can",
      "json",
      json({ id: "a", provenance: { origin: "import", jobId: "\u0000", matched: 7 } }),
    ],
    [
      "an attribute that is no language",
      "ttml",
      `<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body><div><p xml:lang="${"y".repeat(99)}" begin="1.0001s" end="2s">a</p></div></body></tt>`,
    ],
    [
      "a line far away",
      "vtt",
      "WEBVTT\n\n00:00.000 --> 00:01.000 line:99999999\n<v Anna><lang zzzzzzzzzzzzzzzz>a\n",
    ],
  ])("can all be put back after they were removed: %s", (_, format, text) => {
    const cues = read(format, text);
    expect(cues.length).toBeGreaterThan(0);
    expect(new Set(cues.map(({ id }) => id)).size).toBe(cues.length);
    for (const cue of cues) {
      expect(editOperation.parse({ kind: "insertCue", cue })).toEqual({ kind: "insertCue", cue });
    }
  });

  it("keeps apart what only differed by spaces", () => {
    const [first, second] = read("json", json({ id: "a" }, { id: "a ", startMs: 1, endMs: 2 }));
    expect(first?.id).toBe("a");
    expect(second?.id).not.toBe("a");
  });

  it("leaves out what is wrong, and nothing else", () => {
    const [cue] = read("json", json({ id: "a", speaker: "Anna", language: "?", words: [word] }));
    expect(cue).toEqual({
      ...{ id: "a", startMs: 0, endMs: 1_000, text: "글", speaker: "Anna", words: [word] },
    });
  });
});
