import { describe, expect, it } from "vitest";
import type { Cue, Word } from "@/lib/subtitles/model";
import { assessTrack } from "@/lib/subtitles/quality";
import type { Finding, TrackEvidence } from "@/lib/subtitles/quality/types";
import { ruleProfile } from "@/lib/subtitles/rules";

const evidence: TrackEvidence = {
  speech: [],
  removed: [],
  corrections: [],
  stretches: [],
  durationMs: 60_000,
  fps: 25,
};

const cue = (
  id: string,
  startMs: number,
  endMs: number,
  text: string,
  more: Partial<Cue> = {},
) => ({
  id,
  startMs,
  endMs,
  text,
  ...more,
});

const profile = ruleProfile("ko", { sameLanguage: true });
const assess = (cues: Cue[], more: Partial<TrackEvidence> = {}) =>
  assessTrack({ cues, evidence: { ...evidence, ...more }, profile, language: "ko" });
const brief = ({ findings }: { findings: Finding[] }) =>
  findings.map(({ code, severity, values }) => [code, severity, values]);

describe("the rules", () => {
  it.each<[string, Cue[], unknown[]]>([
    ["a good cue", [cue("a", 0, 2_000, "안녕하세요")], []],
    [
      "a line a little too wide",
      [cue("a", 0, 5_000, "가".repeat(18))],
      [["line_width", "warning", { width: 18, limit: 16 }]],
    ],
    [
      "a line far too wide",
      [cue("a", 0, 5_000, "가".repeat(21))],
      [["line_width", "error", { width: 21, limit: 16 }]],
    ],
    [
      "three lines",
      [cue("a", 0, 5_000, "가\n나\n다")],
      [["line_count", "error", { lines: 3, limit: 2 }]],
    ],
    [
      "a little too fast: 14.01 never reads as 14",
      [cue("a", 0, 999, "가".repeat(14))],
      [["reading_speed", "warning", { speed: 14.1, limit: 14 }]],
    ],
    [
      "far too fast",
      [cue("a", 0, 1_000, "가나다라마바사아자차카\n가나다라마바사아자차카")],
      [["reading_speed", "error", { speed: 22, limit: 14 }]],
    ],
    [
      "short",
      [cue("a", 0, 500, "네")],
      [["min_duration", "warning", { seconds: 0.5, limit: 0.83 }]],
    ],
    [
      "a flash",
      [cue("a", 0, 200, "네")],
      [["min_duration", "error", { seconds: 0.2, limit: 0.83 }]],
    ],
    ["long", [cue("a", 0, 8_000, "네")], [["max_duration", "warning", { seconds: 8, limit: 7 }]]],
    [
      "too near",
      [cue("a", 0, 1_960, "네"), cue("b", 2_000, 3_000, "네")],
      [["gap", "info", { ms: 40, limit: 80 }]],
    ],
    [
      "over each other",
      [cue("a", 0, 2_500, "네"), cue("b", 2_000, 3_000, "네")],
      [["overlap", "error", { seconds: 0.5 }]],
    ],
    [
      "at once, of one speaker",
      [cue("a", 0, 2_000, "네"), cue("b", 0, 2_000, "네")],
      [["overlap", "error", { seconds: 2 }]],
    ],
    [
      "at once, of two",
      [cue("a", 0, 2_000, "네", { speaker: "1" }), cue("b", 0, 2_000, "네", { speaker: "2" })],
      [],
    ],
    ["empty", [cue("a", 0, 2_000, "<i> </i>")], [["empty", "error", {}]]],
    [
      "no time at all",
      [cue("a", 1_000, 1_000, "네")],
      [
        ["min_duration", "error", { seconds: 0, limit: 0.83 }],
        ["reading_speed", "error", { speed: 999, limit: 14 }],
      ],
    ],
  ])("%s", (_, cues, expected) => expect(brief(assess(cues))).toEqual(expected));

  it("are shared out by rule and over all", () => {
    const report = assess([
      cue("a", 0, 2_000, "네"),
      cue("b", 3_000, 3_100, "네"),
      cue("c", 4_000, 6_000, "가".repeat(17)),
      cue("d", 7_000, 9_000, ""),
    ]);
    expect(report.rulesKept).toBe(0.25);
    expect(report.rules).toContainEqual({ rule: "line_width", kept: 3, total: 4 });
    expect(report.counts).toEqual({ min_duration: 1, line_width: 1, empty: 1 });
    expect(report.severities).toEqual({ error: 2, warning: 1, info: 0 });
    expect(assess([]).rulesKept).toBe(1);
  });
});

const word = (text: string, startMs: number, more: Partial<Word> = {}): Word => ({
  text,
  startMs,
  endMs: startMs + 500,
  ...more,
});

describe("what was heard", () => {
  it("names doubtful words, and forgets them when a person has written something else", () => {
    const words = [
      word("래프트", 0, { confidence: 0.2, doubts: ["guess"] }),
      word("합의", 500, { confidence: 0.9 }),
      word("알고리즘", 1_000, { confidence: 0.95 }),
    ];
    const one = cue("a", 0, 2_000, "래프트 합의 알고리즘", { words });
    const report = assess([one]);
    expect(report.confidence).toMatchObject({ low: 1, words: 3 });
    expect(brief(report)).toEqual([
      ["suspected_invention", "warning", { words: "래프트", doubt: "guess" }],
      ["low_confidence", "info", { words: "래프트", percent: 68 }],
    ]);
    const mended = assess([{ ...one, text: "Raft 합의 알고리즘" }]);
    expect(mended.findings).toEqual([]);
    expect(mended.confidence).toMatchObject({ low: 0, words: 2 });
    expect(assess([cue("a", 0, 2_000, "네")]).confidence).toBeUndefined();
  });

  it("tells of times that were worked out at a cue's edges", () => {
    const words = [word("3", 0, { interpolated: true }), word("개", 500)];
    expect(brief(assess([cue("a", 0, 1_000, "3개", { words })]))).toEqual([
      ["estimated_time", "info", { words: "3" }],
    ]);
  });

  it("measures speech without subtitles; a breath isn't told, an empty cue covers nothing", () => {
    const cues = [
      cue("a", 0, 2_000, "네"),
      cue("b", 4_000, 5_000, ""),
      cue("c", 8_000, 9_000, "네"),
    ];
    const report = assess(cues, {
      speech: [
        { startMs: 500, endMs: 6_000 },
        { startMs: 7_500, endMs: 9_500 },
      ],
    });
    expect(report.coverage).toEqual({ speechMs: 7_500, coveredMs: 2_500 });
    expect(report.findings.filter(({ code }) => code === "uncovered_speech")).toMatchObject([
      { startMs: 2_000, endMs: 6_000, severity: "warning", values: { seconds: 4 } },
    ]);
    expect(assess(cues).coverage).toBeUndefined();
    const silent = assess([], { speech: [{ startMs: 0, endMs: 9_000 }] });
    expect(brief(silent)).toEqual([["uncovered_speech", "error", { seconds: 9 }]]);
  });

  it("shows what was removed until it is back", () => {
    const removed = [
      { id: "0-0", startMs: 3_000, endMs: 4_000, text: "감사 합니다", doubts: ["guess" as const] },
    ];
    expect(brief(assess([], { removed }))).toEqual([
      ["removed_text", "info", { text: "감사 합니다", doubt: "guess" }],
    ]);
    expect(assess([cue("x", 3_000, 4_500, "감사합니다.")], { removed }).findings).toEqual([]);
    expect(assess([cue("x", 9_000, 9_900, "감사합니다.")], { removed }).findings).toHaveLength(1);
  });

  it("tells where another language is spoken, once a stretch", () => {
    const cues = [
      cue("a", 0, 2_000, "안녕"),
      cue("b", 3_000, 5_000, "Hello", { language: "en" }),
      cue("c", 6_000, 8_000, "again", { language: "en" }),
      cue("d", 20_000, 22_000, "bonjour", { language: "fr" }),
    ];
    const stretches = [{ startMs: 3_000, endMs: 9_000, language: "en" }];
    expect(assess(cues, { stretches }).findings).toMatchObject([
      { id: "other_language:3000", cueId: "b", values: { language: "en" } },
      { id: "other_language:d", cueId: "d", values: { language: "fr" } },
    ]);
  });

  it("marks brought text that wasn't found", () => {
    const aligned = (matched: number) =>
      assess([cue("a", 0, 2_000, "네", { provenance: { origin: "alignment", matched } })]);
    expect(brief(aligned(0.9))).toEqual([]);
    expect(brief(aligned(0.4))).toEqual([["unmatched_text", "warning", { percent: 40 }]]);
    expect(brief(aligned(0))).toEqual([["unmatched_text", "error", { percent: 0 }]]);
  });
});

it("holds a translation against its source as it is now", () => {
  const source = {
    language: "ko",
    cues: [cue("a", 0, 2_000, "35만 원"), cue("b", 3_000, 5_000, "둘이요")],
  };
  const translation = { sourceCueId: "a", sourceText: "36만 원", way: "scene" as const };
  const provenance = { origin: "translation" as const, translation };
  const report = assessTrack({
    cues: [cue("a", 0, 2_000, "12,345 won", { provenance })],
    evidence,
    profile: ruleProfile("en"),
    language: "en",
    source,
  });
  expect(report.findings.map(({ id }) => id)).toEqual([
    "translation_numbers:a",
    "translation_stale:a",
    "translation_missing:3000",
  ]);
});

it("gives ids that are each there once, and judges twenty thousand cues in well under a second", () => {
  const cues = Array.from({ length: 20_000 }, (_, i) => {
    const startMs = i * 3_000;
    const words = ["오늘은", "날씨가", "아주", "좋습니다."].map((text, k) =>
      word(text, startMs + k * 500, { confidence: i % 50 === 0 ? 0.2 : 0.9 }),
    );
    return cue(`c${i}`, startMs, startMs + 2_100, "오늘은 날씨가\n아주 좋습니다.", { words });
  });
  const speech = cues.map(({ startMs, endMs }) => ({ startMs, endMs }));
  assess(cues.slice(0, 2_000), { speech });
  const before = performance.now();
  const { findings } = assess(cues, { speech });
  // 300 ms on an idle machine; a busy one is given time.
  expect(performance.now() - before).toBeLessThan(1_500);
  expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  expect(findings).toHaveLength(400);
});
