import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { assessTrack } from "@/lib/subtitles/quality/assess";
import { LiveAssessment, takeChanges } from "@/lib/subtitles/quality/live";
import { ruleProfile } from "@/lib/subtitles/rules";

const rules = {
  evidence: { speech: [], removed: [], corrections: [], stretches: [], durationMs: 60_000 },
  profile: ruleProfile("ko", { sameLanguage: true }),
  language: "ko",
};

const cueOf = fc.record({
  id: fc.constantFrom("a", "b", "c", "d", "e"),
  startMs: fc.integer({ min: 0, max: 50_000 }),
  lengthMs: fc.integer({ min: 1, max: 9_000 }),
  text: fc.constantFrom(
    "",
    "안녕하세요",
    "아주 길어서 한 줄에 다 들어가지 않을 것이 틀림없는 글이에요",
  ),
});
const track = fc
  .uniqueArray(cueOf, { selector: ({ id }) => id })
  .map((cues) =>
    cues.map(({ lengthMs, ...cue }): Cue => ({ ...cue, endMs: cue.startMs + lengthMs })),
  );

describe("LiveAssessment", () => {
  it("judges as the whole track is judged, whatever way it came there", () => {
    fc.assert(
      fc.property(fc.array(track, { minLength: 1, maxLength: 5 }), (states) => {
        const live = new LiveAssessment(rules);
        const known = new Map<string, Cue>();
        for (const cues of states) {
          live.change("target", takeChanges(known, cues));
          expect(live.findings()).toEqual(assessTrack({ ...rules, cues }).findings);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is told of nothing but what has changed", () => {
    const [a, b]: Cue[] = ["a", "b"].map((id) => ({ id, startMs: 0, endMs: 1, text: id }));
    if (!a || !b) throw new Error("unreachable");
    const known = new Map<string, Cue>();
    expect(takeChanges(known, [a, b])).toEqual({ put: [a, b], drop: [] });
    expect(takeChanges(known, [a, b])).toEqual({ put: [], drop: [] });
    const edited = { ...b, text: "나" };
    expect(takeChanges(known, [a, edited])).toEqual({ put: [edited], drop: [] });
    expect(takeChanges(known, [b])).toEqual({ put: [b], drop: ["a"] });
    expect(takeChanges(known, [b])).toEqual({ put: [], drop: [] });
  });

  it("notices that a source has changed", () => {
    const live = new LiveAssessment({ ...rules, language: "en", sourceLanguage: "ko" });
    const source = { id: "a", startMs: 0, endMs: 2_000, text: "안녕하세요" };
    const translation = { sourceCueId: "a", sourceText: source.text, way: "scene" as const };
    const target: Cue = {
      ...source,
      text: "Hello there",
      provenance: { origin: "translation", translation },
    };
    live.change("target", { put: [target], drop: [] });
    live.change("source", { put: [source], drop: [] });
    const codes = () => live.findings().map(({ code }) => code);
    expect(codes()).not.toContain("translation_stale");
    live.change("source", { put: [{ ...source, text: "잘 가세요" }], drop: [] });
    expect(codes()).toContain("translation_stale");
  });
});
