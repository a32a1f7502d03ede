import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { ruleProfile } from "@/lib/subtitles/rules";
import { cuesFromTranslation } from "./cues";
import type { TranslatedCue } from "./types";

const source: Cue[] = [
  { id: "a", startMs: 0, endMs: 1_000, text: "안녕하세요,\n여러분.", speaker: "s-1", words: [] },
  { id: "b", startMs: 3_000, endMs: 4_000, text: "반가워요.", settings: { align: "start" } },
];
const translated: TranslatedCue[] = [
  {
    cueId: "a",
    text: "Hello and welcome, everybody, to another of our little evenings by the sea.",
    engine: "deepl",
    model: "deepl",
    way: "scene",
    terms: ["여러분"],
  },
];

const make = (cues = translated) =>
  cuesFromTranslation({
    source,
    translated: cues,
    language: "en",
    profile: ruleProfile("en"),
    jobId: "job-1",
    at: "2026-11-23T00:00:00.000Z",
  });

describe("cuesFromTranslation", () => {
  it("keeps ids, starts, speakers and places, and breaks lines by the target's rules", () => {
    const [first, second] = make();
    expect(first).toMatchObject({ id: "a", startMs: 0, speaker: "s-1" });
    expect(first?.text.split("\n")).toHaveLength(2);
    expect(first?.text.split("\n").every((line) => line.length <= 42)).toBe(true);
    expect(second).toMatchObject({
      id: "b",
      startMs: 3_000,
      settings: { align: "start" },
      text: "",
    });
    expect(first).not.toHaveProperty("words");
  });

  it("gives the time that reading takes, where there is a pause", () => {
    const [first] = make();
    expect(first?.endMs).toBeGreaterThan(1_000);
    expect(first?.endMs).toBeLessThan(3_000);
  });

  it("ends nothing after the video", () => {
    const [first] = cuesFromTranslation({
      ...{ source: source.slice(0, 1), translated, language: "en", profile: ruleProfile("en") },
      ...{ jobId: "job-1", at: "2026-11-23T00:00:00.000Z", durationMs: 1_200 },
    });
    expect(first).toMatchObject({ startMs: 0, endMs: 1_200 });
  });

  it("says what each text comes from", () => {
    const [first, second] = make([{ ...(translated[0] as TranslatedCue), shortened: true }]);
    expect(first?.provenance).toEqual({
      origin: "translation",
      engine: "deepl",
      model: "deepl",
      jobId: "job-1",
      at: "2026-11-23T00:00:00.000Z",
      terms: ["여러분"],
      translation: {
        sourceCueId: "a",
        sourceText: "안녕하세요,\n여러분.",
        way: "scene",
        shortened: true,
      },
    });
    expect(second?.provenance?.translation?.sourceText).toBe("반가워요.");
  });
});
