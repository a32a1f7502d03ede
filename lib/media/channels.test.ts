import { describe, expect, it } from "vitest";
import { distinctChannels, measureChannels } from "./channels";
import { aac, picture, workshop } from "./testing/clips";

const { make } = await workshop();

/** Two seconds of sound: an expression for each channel, in the terms of ffmpeg's aevalsrc. */
const video = (name: string, ...channels: string[]) =>
  make(
    name,
    ...picture(),
    ...["-f", "lavfi", "-i", `aevalsrc='${channels.join("|")}':s=48000`],
    ...["-t", "2", ...aac],
  );

const tone = (level: number, when = "1") => `${level}*sin(2*PI*440*t)*${when}`;
const first = "lt(t,1)";
const second = "gte(t,1)";

describe("measureChannels", () => {
  it("tells how loud each channel is, every 20 ms, from the video's start", async () => {
    const file = await video("levels.mp4", tone(0.5), tone(0.5, second));
    const sound = await measureChannels({ path: file, durationMs: 2_000 });
    expect(sound.windowMs).toBe(20);
    expect(sound.levels).toHaveLength(2);
    expect(Math.abs((sound.levels[0]?.length ?? 0) - 100)).toBeLessThanOrEqual(3);
    // A sine of half the scale has -9 dB.
    expect(sound.levels[0]?.[25]).toBeCloseTo(-9, 0);
    expect(sound.levels[1]?.[25]).toBeLessThan(-60);
    expect(sound.levels[1]?.[75]).toBeCloseTo(-9, 0);
  });

  it("looks at a part only when asked to, and tells how far it is", async () => {
    const file = await video("part.mp4", tone(0.5, first), tone(0.5, second));
    const shares: number[] = [];
    const { levels } = await measureChannels({
      ...{ path: file, durationMs: 2_000, fromMs: 1_200, lengthMs: 400 },
      onProgress: (share) => shares.push(share),
    });
    expect(levels[0]?.length).toBeGreaterThanOrEqual(19);
    expect(levels[0]?.length).toBeLessThanOrEqual(22);
    expect(levels[0]?.[10]).toBeLessThan(-60);
    expect(levels[1]?.[10]).toBeCloseTo(-9, 0);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
  });
});

describe("distinctChannels", () => {
  const cases = [
    { what: "one channel", channels: [tone(0.5)], distinct: 1 },
    { what: "the same sound twice", channels: [tone(0.5), tone(0.5)], distinct: 1 },
    { what: "the same sound, one a little lower", channels: [tone(0.5), tone(0.35)], distinct: 1 },
    { what: "one person each", channels: [tone(0.5, first), tone(0.5, second)], distinct: 2 },
    {
      what: "one person each, heard in the other's microphone",
      channels: [
        `${tone(0.5, first)}+${tone(0.1, second)}`,
        `${tone(0.1, first)}+${tone(0.5, second)}`,
      ],
      distinct: 2,
    },
    { what: "silence", channels: ["0", "0"], distinct: 1 },
    { what: "a second channel without sound", channels: [tone(0.5), "0"], distinct: 1 },
  ];
  it.each(cases)("counts $what", async ({ what, channels, distinct }) => {
    const file = await video(`${what.replaceAll(/\W+/g, "-")}.mp4`, ...channels);
    expect(distinctChannels(await measureChannels({ path: file, durationMs: 2_000 }))).toBe(
      distinct,
    );
  });
});
