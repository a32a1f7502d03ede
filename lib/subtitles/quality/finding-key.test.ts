import { describe, expect, it } from "vitest";
import { findingKey, maxFindingKey } from "@/lib/subtitles/quality/finding-key";

const finding = { id: "reading_speed:c1", values: { speed: 18.4, limit: 14 } };
const cue = { text: "안녕하세요" };

describe("findingKey", () => {
  it("is the same for the same finding, whatever the order of its figures", () => {
    const turned = { id: finding.id, values: { limit: 14, speed: 18.4 } };
    expect(findingKey(turned, { ...cue })).toBe(findingKey(finding, cue));
  });

  it.each([
    ["another text", finding, { text: "안녕" }],
    ["another figure", { ...finding, values: { speed: 18.5, limit: 14 } }, cue],
    ["another cue", { ...finding, id: "reading_speed:c2" }, cue],
    ["no cue", finding, undefined],
  ])("is another for %s", (_, other, otherCue) => {
    expect(findingKey(other, otherCue)).not.toBe(findingKey(finding, cue));
  });

  it("tells ten thousand texts apart", () => {
    const keys = new Set(
      Array.from({ length: 10_000 }, (_, i) => findingKey(finding, { text: `자막 ${i}` })),
    );
    expect(keys.size).toBe(10_000);
  });

  it("has an end", () => {
    const long = { id: `translation_glossary:c1:${"가".repeat(2_000)}`, values: {} };
    expect(findingKey(long, cue).length).toBeLessThanOrEqual(maxFindingKey);
  });
});
