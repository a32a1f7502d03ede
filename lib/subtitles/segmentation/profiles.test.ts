import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/subtitles/markup";
import type { Word } from "@/lib/subtitles/model";
import { lineWidths, type RuleProfile, resolveProfile, ruleProfile } from "@/lib/subtitles/rules";
import { breakLines, cuesFromWords } from "@/lib/subtitles/segmentation";

const own = (change: Partial<RuleProfile>): RuleProfile => ({
  ...ruleProfile("ko"),
  id: "own",
  ...change,
});

const profiles = (language: string): RuleProfile[] => [
  ...(["netflix", "netflix-children", "ted", "bbc", "shorts"] as const).map((name) =>
    resolveProfile(name, language, { sameLanguage: true }),
  ),
  own({ maxLines: 1 }),
  own({ maxLineWidth: 6, maxLines: 1, minGapFrames: 12, minDurationMs: 200, maxDurationMs: 2000 }),
  own({ maxLineWidth: 100, maxCharsPerSecond: 60, closeGapBelowMs: 0, maxLingerMs: 0 }),
];

describe("whatever the profile", () => {
  const pace = fc.integer({ min: 20, max: 300 });
  const pause = fc.constantFrom(0, 0, 0, 20, 300, 600, 1500);
  const words = (texts: readonly string[]) =>
    fc
      .array(fc.tuple(fc.constantFrom(...texts), pace, pause), { minLength: 1, maxLength: 50 })
      .map((spoken) => {
        let at = 0;
        return spoken.map(([text, perCharacter, pauseMs]): Word => {
          const startMs = at;
          const endMs = startMs + text.length * perCharacter;
          at = endMs + pauseMs;
          return { text, startMs, endMs };
        });
      });
  const spoken = {
    ko: words("네 저는 오늘 세 명의 친구와 함께 골목을 걸었어요. 그런데, 정말 좋았다".split(" ")),
    en: words("Well, I have met three of them in the old town today. Really".split(" ")),
  };

  it.each(["ko", "en"] as const)("%s keeps its lines, its starts and its pauses", (language) => {
    fc.assert(
      fc.property(spoken[language], fc.nat(7), (given, index) => {
        const profile = profiles(language)[index] ?? ruleProfile(language);
        const cues = cuesFromWords({
          words: given,
          language,
          profile,
          fps: 25,
          makeId: () => "id",
        });
        const said = given.map(({ text }) => text).join(" ");
        expect(cues.map(({ text }) => plainText(text).replaceAll("\n", " ")).join(" ")).toBe(said);
        for (const cue of cues) {
          expect(cue.startMs).toBe(cue.words?.[0]?.startMs);
          expect(cue.endMs - cue.startMs).toBeLessThanOrEqual(profile.maxDurationMs);
          const lines = cue.text.split("\n");
          expect(lines.length).toBeLessThanOrEqual(profile.maxLines);
          const widest = Math.max(...lineWidths(cue.text, profile));
          expect(widest <= profile.maxLineWidth || lines.some((line) => !line.includes(" "))).toBe(
            true,
          );
          const again = breakLines(cue.text, { language, profile }).split("\n");
          expect(again.length).toBeLessThanOrEqual(profile.maxLines);
        }
      }),
      { numRuns: 200 },
    );
  });
});
