import { describe, expect, it } from "vitest";
import { ruleProfile } from "@/lib/subtitles/rules";
import { cuesFromText, type TimeTextOptions } from "./alignment-cues";
import type { SpeechWord } from "./types";

const said =
  "각 프로젝트는 도메인 및 국가에만 적용됩니다. 예를 들어 미국에서 영어를 사용하는 콜 센터에 대한 프로젝트를 만들 수 있습니다.";
const words = said.split(" ").map(
  (text, at): SpeechWord => ({
    ...{ text, startMs: at * 500, endMs: at * 500 + 450, spaceBefore: true, confidence: 0.9 },
  }),
);

function cuesOf(more: Partial<TimeTextOptions>) {
  let id = 0;
  return cuesFromText({
    ...{ lines: [{ text: said }], kind: "text", words, language: "ko", durationMs: 20_000 },
    profile: ruleProfile("ko", { sameLanguage: true }),
    makeId: () => `c${id++}`,
    provenance: { jobId: "job", engine: "local", model: "base" },
    ...more,
  });
}

describe("cuesFromText", () => {
  it("cuts plain text by the rules, from its first word to its last", () => {
    const { cues, matched } = cuesOf({});
    expect(matched).toBe(1);
    expect(cues.length).toBeGreaterThan(2);
    expect(cues.map((cue) => cue.text.replaceAll("\n", " ")).join(" ")).toBe(said);
    expect(cues[0]).toMatchObject({
      startMs: 0,
      provenance: { origin: "alignment", jobId: "job", engine: "local", matched: 1 },
    });
  });

  it("keeps the cues and line breaks of subtitles, and marks what wasn't heard", () => {
    const { cues } = cuesOf({
      kind: "subtitles",
      lines: [
        { text: "각 <i>프로젝트는</i> 도메인 및\n국가에만 적용됩니다.", speaker: "앤" },
        { text: "(박수 소리가 난다)" },
        { text: "예를 들어 미국에서 영어를 사용하는 콜 센터에 대한" },
      ],
    });
    expect(
      cues.map((cue) => [cue.text, cue.startMs, cue.speaker, cue.provenance?.matched]),
    ).toEqual([
      ["각 <i>프로젝트는</i> 도메인 및\n국가에만 적용됩니다.", 0, "앤", 1],
      ["(박수 소리가 난다)", expect.any(Number), undefined, 0],
      ["예를 들어 미국에서 영어를 사용하는 콜 센터에 대한", 3_000, undefined, 1],
    ]);
    expect(cues[1]?.words?.every((word) => word.interpolated)).toBe(true);
    cues.forEach((cue, index) => {
      expect(cue.startMs).toBeGreaterThanOrEqual(cues[index - 1]?.endMs ?? 0);
      expect(cue.endMs).toBeGreaterThan(cue.startMs);
    });
  });

  it("refuses another text, and any text where nobody speaks", () => {
    const other = [
      { text: "어제는 비가 많이 와서 집에만 있었는데 오늘은 날씨가 맑아서 나갔습니다." },
    ];
    const mismatch = expect.objectContaining({ code: "transcript_mismatch" });
    expect(() => cuesOf({ lines: other })).toThrow(mismatch);
    expect(() => cuesOf({ words: [] })).toThrow(mismatch);
  });

  it("takes a text without a pause, and one word of 40 s", () => {
    const long = Array.from({ length: 3_000 }, (_, at) => ({
      ...{ text: `말${at}`, startMs: at * 300, endMs: at * 300 + 300, spaceBefore: true },
    }));
    const text = long.map((word) => word.text).join(" ");
    const many = cuesOf({ words: long, lines: [{ text }], durationMs: 900_000 }).cues;
    expect(many.map((cue) => cue.text.replaceAll("\n", " ")).join(" ")).toBe(text);
    const one = [{ text: "아아아", startMs: 0, endMs: 40_000, spaceBefore: false }];
    const { cues } = cuesOf({ words: one, lines: [{ text: "아아아!" }], durationMs: 40_000 });
    expect(cues[0]).toMatchObject({ text: "아아아!", startMs: 0 });
  });
});
