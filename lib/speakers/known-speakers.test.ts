import { describe, expect, it } from "vitest";
import { matchKnownSpeakers } from "./known-speakers";
import { rootSpeaker, speakerNameOf } from "./names";
import { type SpeakerView, updateSpeakerInput } from "./schema";

const span = (speaker: string, startMs: number, endMs: number) => ({ speaker, startMs, endMs });

describe("matchKnownSpeakers", () => {
  it("finds the same people again under other numbers", () => {
    const known = [span("kim", 0, 5_000), span("lee", 5_000, 9_000), span("kim", 9_000, 12_000)];
    const turns = [span("1", 0, 4_900), span("2", 4_900, 9_100), span("1", 9_100, 12_000)];
    expect(matchKnownSpeakers(turns, known)).toEqual(
      new Map([
        ["1", "kim"],
        ["2", "lee"],
      ]),
    );
  });

  const doubtful = [
    {
      what: "one is now held to be two",
      known: [span("kim", 0, 10_000)],
      turns: [span("1", 0, 5_000), span("2", 5_000, 10_000)],
    },
    {
      what: "two are now held to be one",
      known: [span("kim", 0, 5_000), span("lee", 5_000, 10_000)],
      turns: [span("1", 0, 10_000)],
    },
    {
      what: "they speak elsewhere",
      known: [span("kim", 0, 5_000)],
      turns: [span("1", 6_000, 9_000)],
    },
    {
      what: "nobody was known",
      known: [{ startMs: 0, endMs: 5_000 }],
      turns: [span("1", 0, 5_000)],
    },
  ];
  it.each(doubtful)("matches nobody where $what", ({ known, turns }) => {
    expect(matchKnownSpeakers(turns, known).size).toBe(0);
  });
});

const speakers: SpeakerView[] = [
  { key: "a", number: 1, name: "김하나", mergedInto: null },
  { key: "b", number: 2, name: "이둘", mergedInto: "a" },
  { key: "c", number: 3, name: null, mergedInto: "b" },
  { key: "d", number: 4, name: null, mergedInto: null },
];
const numbered = (number: number) => `화자 ${number}`;

describe("speakers that were merged", () => {
  it("go by the name of the one that they turned out to be, however many steps away", () => {
    expect(rootSpeaker(speakers, "c")?.key).toBe("a");
    expect(speakerNameOf(speakers, "c", numbered)).toBe("김하나");
    expect(speakerNameOf(speakers, "d", numbered)).toBe("화자 4");
  });

  it("keep a name that came with a file", () => {
    expect(speakerNameOf(speakers, "Narrator", numbered)).toBe("Narrator");
  });

  it("end even where a circle was stored", () => {
    const circle = speakers.map((one) => (one.key === "a" ? { ...one, mergedInto: "c" } : one));
    expect(rootSpeaker(circle, "a")).toBeDefined();
  });
});

describe("updateSpeakerInput", () => {
  it.each([
    { name: "  김하나  " },
    { name: null, was: "김하나" },
    { mergeInto: "0a1b2c3d-1" },
    { mergeInto: null },
  ])("takes %j", (body) => {
    expect(updateSpeakerInput.safeParse(body).success).toBe(true);
  });

  it.each([
    {},
    { name: "" },
    { name: "  " },
    { name: "가".repeat(41) },
    { name: "a", mergeInto: "b" },
    { mergeInto: "a/b" },
    { name: 3 },
  ])("refuses %j", (body) => {
    expect(updateSpeakerInput.safeParse(body).success).toBe(false);
  });
});
