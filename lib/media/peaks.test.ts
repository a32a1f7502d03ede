import { readdir, readFile, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePeaks } from "./peaks";
import { workshop } from "./testing/clips";
import { readWavLayout } from "./wav";

const { folder, file } = await workshop();

function wav(samples: number[] | Int16Array, extra = Buffer.alloc(0)): Buffer {
  const data = Buffer.from(Int16Array.from(samples).buffer);
  const head = Buffer.alloc(36);
  head.write("RIFF");
  head.writeUInt32LE(36 + extra.length + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(16_000, 24);
  head.writeUInt32LE(32_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  const dataHead = Buffer.alloc(8);
  dataHead.write("data");
  dataHead.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, extra, dataHead, data]);
}

const makeOne = (name: string) =>
  makePeaks({
    input: file(`${name}.wav`),
    outputs: [{ path: file(`${name}.dat`), perSecond: 20 }],
  });

describe("makePeaks", () => {
  test("lowest and highest sample of each stretch, with audiowaveform's header", async () => {
    const samples = Array.from({ length: 2_000 }, (_, i) =>
      i === 10 ? 32_767 : i === 1_700 ? -32_768 : 300,
    );
    await writeFile(file("a.wav"), wav(samples));
    await makeOne("a");
    const dat = await readFile(file("a.dat"));
    expect([0, 4, 8, 12, 16, 20].map((at) => dat.readInt32LE(at))).toEqual([
      2, 1, 16_000, 800, 3, 1,
    ]);
    expect([...new Int8Array(dat.subarray(24))]).toEqual([1, 127, 1, 1, -128, 1]);
  });

  test("many blocks agree with one pass over all samples", async () => {
    const samples = Int16Array.from({ length: 16_000 * 47 + 123 }, (_, i) =>
      Math.round(32_000 * Math.sin(i * i * 1e-6)),
    );
    await writeFile(file("b.wav"), wav(samples));
    await makeOne("b");
    const dat = await readFile(file("b.dat"));
    const count = Math.ceil(samples.length / 800);
    expect(dat.readUInt32LE(16)).toBe(count);
    const expected = Array.from({ length: count }, (_, i) => {
      const part = samples.subarray(i * 800, (i + 1) * 800);
      return [Math.min(...part) >> 8, Math.max(...part) >> 8];
    }).flat();
    expect([...new Int8Array(dat.subarray(24))]).toEqual(expected);
  });

  test("no sound at all", async () => {
    await writeFile(file("empty.wav"), wav([]));
    await makeOne("empty");
    expect((await readFile(file("empty.dat"))).length).toBe(24);
  });

  test("every level of one reading is what it would be alone", async () => {
    const sound = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 5_000 });
    await fc.assert(
      fc.asyncProperty(sound, async (samples) => {
        await writeFile(file("levels.wav"), wav(samples));
        const outputs = [10, 50, 200].map((perSecond) => {
          return { path: file(`levels-${perSecond}.dat`), perSecond };
        });
        await makePeaks({ input: file("levels.wav"), outputs });
        for (const { path, perSecond } of outputs) {
          const dat = await readFile(path);
          const step = 16_000 / perSecond;
          const expected = Array.from({ length: Math.ceil(samples.length / step) }, (_, i) => {
            const part = samples.slice(i * step, (i + 1) * step);
            return [Math.min(...part) >> 8, Math.max(...part) >> 8];
          }).flat();
          expect(dat.readInt32LE(12)).toBe(step);
          expect(dat.readUInt32LE(16)).toBe(expected.length / 2);
          expect([...new Int8Array(dat.subarray(24))]).toEqual(expected);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("levels that don't divide, an abort, another file: an error and no output", async () => {
    const make = (more: object) =>
      makePeaks({
        input: file("b.wav"),
        outputs: [{ path: file("none.dat"), perSecond: 20 }],
        ...more,
      });
    const levels = (...all: number[]) => ({
      outputs: all.map((perSecond, i) => ({ path: file(`none-${i}.dat`), perSecond })),
    });
    await expect(make(levels(7))).rejects.toThrow(RangeError);
    await expect(make(levels(20, 50))).rejects.toThrow(RangeError);
    await expect(make({ signal: AbortSignal.abort(new Error("no more")) })).rejects.toThrow(
      "no more",
    );
    await expect(
      make({ ...levels(10, 200), signal: AbortSignal.abort(new Error("no more")) }),
    ).rejects.toThrow("no more");
    await expect(make({ input: file("b.dat") })).rejects.toMatchObject({ code: "file_unreadable" });
    const names = await readdir(folder);
    expect(names.filter((name) => name.endsWith(".part") || name.startsWith("none"))).toEqual([]);
  });
});

describe("readWavLayout", () => {
  test("skips chunks before the samples and doesn't trust their size", () => {
    const list = Buffer.concat([
      Buffer.from("LIST"),
      Buffer.from([3, 0, 0, 0]),
      Buffer.from("abc\0"),
    ]);
    const bytes = wav([1, 2, 3], list);
    expect(readWavLayout(bytes, bytes.length)).toMatchObject({ dataOffset: 56, dataBytes: 6 });
    expect(readWavLayout(bytes, bytes.length - 4).dataBytes).toBe(2);
  });
});
