import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SHOT_RASTER, ShotFinder } from "./shot-finder";
import { findShotChanges } from "./shots";
import { aac, h264, picture, tone, vp8, workshop } from "./testing/clips";

const { file, make } = await workshop();
const size = "size=320x180:rate=25";
const source = (graph: string) => ["-f", "lavfi", "-i", graph];
const fractal = source(`mandelbrot=${size},trim=duration=6`);
const gently = [...h264, "-preset", "veryfast"];

describe("findShotChanges", () => {
  test("finds cuts at their first pictures, also between wild and still ones", async () => {
    await make(
      "cuts.mp4",
      ...source(`testsrc2=${size}:d=2.2`),
      ...source(`mandelbrot=${size},trim=duration=3`),
      ...source(`smptehdbars=${size}:d=1.48`),
      ...source(`life=${size}:mold=10:ratio=0.3,trim=duration=2`),
      ...source(`testsrc=${size}:d=2`),
      ...source(`color=black:${size}:d=1`),
      ...["-filter_complex", "concat=n=6:v=1"],
      ...gently,
    );
    const seen: number[] = [];
    const cuts = await findShotChanges({
      path: file("cuts.mp4"),
      onProgress: (fraction) => seen.push(fraction),
    });
    expect(cuts).toEqual([2200, 5200, 6680, 8680, 10_680]);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test("keeps the time of a video whose picture starts late and whose rate is odd", async () => {
    const odd = "size=320x180:rate=24000/1001";
    await make(
      "late.mp4",
      ...source(`testsrc2=${odd}:d=2.002`),
      ...source(`mandelbrot=${odd},trim=duration=2`),
      ...[...tone(), "-filter_complex", "[0:v][1:v]concat=n=2:v=1,setpts=PTS+1/TB[v]"],
      ...["-map", "[v]", "-map", "2:a", "-t", "5", "-vsync", "vfr", ...gently, ...aac],
    );
    const [cut = 0, ...more] = await findShotChanges({ path: file("late.mp4") });
    expect(more).toEqual([]);
    expect(Math.abs(cut - 3003)).toBeLessThanOrEqual(21);
  });

  test.each([
    ["a fade", "fade=in:d=1,fade=out:st=5:d=1"],
    ["flicker", "eq=brightness='if(mod(n,2),0.3,0)':eval=frame"],
    ["flashes", "drawbox=c=white:t=fill:enable='between(n,50,51)+between(n,100,102)'"],
    ["a change of light", "eq=brightness='if(gt(n,70),0.2,0)':eval=frame"],
    ["grain", "noise=alls=30:allf=t"],
  ])("%s is no cut", async (name, filter) => {
    const made = await make(`${name}.mp4`, ...fractal, "-vf", filter, ...gently);
    expect(await findShotChanges({ path: made })).toEqual([]);
  });

  test("a dissolve and a fast pan are no cuts", async () => {
    const clips = [
      ...source(`mandelbrot=${size},trim=duration=3`),
      ...source(`testsrc2=${size}:d=3`),
    ];
    const dissolve = ["-filter_complex", "xfade=transition=fade:duration=1:offset=2"];
    await make("dissolve.mp4", ...clips, ...dissolve, ...gently);
    expect(await findShotChanges({ path: file("dissolve.mp4") })).toEqual([]);
    const pan = ["-vf", "crop=320:180:x='mod(n*6,320)':y=0"];
    await make("pan.mp4", ...source("testsrc2=size=640x180:rate=25:d=2"), ...pan, ...gently);
    expect(await findShotChanges({ path: file("pan.mp4") })).toEqual([]);
  });

  test("a file without moving pictures has none", async () => {
    await make("sound.mp4", ...tone(), "-t", "1", ...aac);
    expect(await findShotChanges({ path: file("sound.mp4") })).toEqual([]);
  });

  test("stops when asked to", async () => {
    await make("long.webm", ...picture(), "-t", "4", ...vp8);
    const controller = new AbortController();
    const reason = new Error("cancelled");
    const found = findShotChanges({
      path: file("long.webm"),
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(found).rejects.toBe(reason);
  });
});

describe("ShotFinder", () => {
  const pixels = SHOT_RASTER.width * SHOT_RASTER.height;
  /** A picture of its own for every number, the same for the same one. */
  const pictureOf = (shot: number) =>
    Uint8Array.from({ length: pixels }, (_, i) => ((i * (2 * shot + 3) * 7919) >> 3) % 256);

  test("places every cut of shots that are long enough, whatever their lengths", () => {
    const shots = fc.array(fc.integer({ min: 6, max: 40 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(shots, fc.constantFrom(24, 25, 30), (lengths, fps) => {
        const finder = new ShotFinder(fps);
        const expected: number[] = [];
        let frame = 0;
        for (const [shot, length] of lengths.entries()) {
          if (shot > 0) expected.push(Math.round((frame * 1000) / fps));
          for (let i = 0; i < length; i++, frame++) finder.push(pictureOf(shot));
        }
        expect(finder.finish()).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  test("takes no picture and one picture", () => {
    expect(new ShotFinder(25).finish()).toEqual([]);
    const finder = new ShotFinder(25);
    finder.push(pictureOf(1));
    expect(finder.finish()).toEqual([]);
  });
});
