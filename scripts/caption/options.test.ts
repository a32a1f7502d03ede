import { describe, expect, it } from "vitest";
import { readOptions, UsageError } from "./options";
import { barLine, chargedLine, quoteLine } from "./reporter";

describe("the command line of npm run caption", () => {
  it("fills in what is left out", () => {
    expect(
      readOptions(["a.mp4", "--email", "a@b.co", "--url", "http://localhost:3100/videos"]),
    ).toEqual({
      videos: ["a.mp4"],
      language: "auto",
      targets: [],
      formats: ["srt"],
      out: undefined,
      url: "http://localhost:3100",
      email: "a@b.co",
      signUp: false,
      json: false,
    });
  });

  it("takes several videos and formats", () => {
    const options = readOptions([
      "a.mp4",
      "b.mov",
      "--email",
      "a@b.co",
      "--format",
      "ass, srt,vtt",
    ]);
    expect(options).toMatchObject({ videos: ["a.mp4", "b.mov"], formats: ["srt", "vtt", "ass"] });
  });

  it("takes languages to translate into, each once", () => {
    const options = readOptions(["a.mp4", "--email", "a@b.co", "--translate", "en, pt-BR,en"]);
    expect(options).toMatchObject({ targets: ["en", "pt-BR"] });
  });

  it.each([
    [[], "at least one video"],
    [["a.mp4"], "--email"],
    [["a.mp4", "--email", "a@b.co", "--format", "srt,doc"], "doc"],
    [["a.mp4", "--email", "a@b.co", "--language", "klingon"], "klingon"],
    [["a.mp4", "--email", "a@b.co", "--translate", "en,Klingon"], "Klingon"],
    [["a.mp4", "--email", "a@b.co", "--url", "nowhere"], "nowhere"],
    [["a.mp4", "--email", "a@b.co", "--colour"], "--colour"],
  ])("refuses %j and says why", (args, why) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(why);
  });

  it("asks for nothing when only help is wanted", () => {
    expect(readOptions(["--help"])).toBe("help");
  });
});

describe("the progress bar", () => {
  it.each([
    [0, `[${"-".repeat(24)}]   0 %`],
    [50, `[${"#".repeat(12)}${"-".repeat(12)}]  50 %`],
    [100, `[${"#".repeat(24)}] 100 %`],
  ])("shows %i percent", (percent, bar) => {
    const line = barLine({ video: "folder/name.mp4", stage: "upload", percent });
    expect(line.startsWith(bar)).toBe(true);
    expect(line.endsWith("name.mp4")).toBe(true);
  });
});

describe("what it costs", () => {
  const lines = [{ component: "transcribe" as const, units: 300_000, amount: 50 }];
  it.each([
    [60, "transcription 50 credits, in all 50 credits; of 60 credits, 10 left"],
    [49, "transcription 50 credits, in all 50 credits; of 49 credits, 1 lacking"],
  ])("with %d credits reads %s", (balance, text) => {
    const balanceAfter = balance - 50;
    const price = { ruleVersion: "2026-11", lines, total: 50, balance, balanceAfter };
    expect(quoteLine({ ...price, affordable: balanceAfter >= 0 })).toBe(text);
  });

  it("says what was charged and given back", () => {
    expect(chargedLine({ held: 0, captured: 1, released: 0 })).toBe("1 credit charged");
    expect(chargedLine({ held: 0, captured: 0, released: 5 })).toBe(
      "0 credits charged, 5 credits given back",
    );
  });
});
