import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_INDEX_BYTES, planSample } from "./sample";

interface Piece {
  type: string;
  /** Header included. */
  size: number;
  long?: boolean;
  /** What the header claims, when it isn't `size`. */
  claim?: number;
}

/** A file that exists only as a list of boxes; reads of the parts in between give zeros. */
function boxFile(pieces: Piece[], cutTo?: number) {
  const headers: { offset: number; bytes: Buffer }[] = [];
  let at = 0;
  for (const { type, size, long, claim } of pieces) {
    const bytes = Buffer.alloc(long ? 16 : 12);
    bytes.writeUInt32BE(long ? 1 : (claim ?? size), 0);
    bytes.write(type, 4, "latin1");
    if (long) bytes.writeBigUInt64BE(BigInt(claim ?? size), 8);
    if (type === "ftyp") bytes.write("isom", 8);
    headers.push({ offset: at, bytes });
    at += size;
  }
  return source(headers, cutTo ?? at);
}

function source(parts: { offset: number; bytes: Buffer }[], sizeBytes: number) {
  let bytesRead = 0;
  const read = async (start: number, end: number) => {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(sizeBytes);
    bytesRead += end - start;
    const out = new Uint8Array(end - start);
    for (const { offset, bytes } of parts) {
      for (let i = 0; i < bytes.length; i++) {
        const to = offset + i - start;
        if (to >= 0 && to < out.length) out[to] = bytes[i] ?? 0;
      }
    }
    return out;
  };
  return { sizeBytes, read, bytesRead: () => bytesRead };
}

const ftyp = { type: "ftyp", size: 24 };
const mdat = { type: "mdat", size: 900_000 };
const moov = { type: "moov", size: 5_000 };
const spans = (plan: { ranges: { offset: number; bytes: Uint8Array }[] }) =>
  plan.ranges.map(({ offset, bytes }) => [offset, offset + bytes.length]);

describe("planSample of MP4 and MOV", () => {
  test("takes the index whole and the start of the data, wherever the index is", async () => {
    const atEnd = await planSample(boxFile([ftyp, mdat, moov]));
    expect(atEnd).toMatchObject({ container: "mp4" });
    expect(atEnd.problem).toBeUndefined();
    expect(spans(atEnd)).toEqual([
      [0, 24 + 8 + 262_144],
      [900_024, 905_024],
    ]);
    const atFront = await planSample(boxFile([ftyp, moov, mdat]));
    expect(spans(atFront)).toEqual([[0, 24 + 5_000 + 8 + 262_144]]);
  });

  test("a 64-bit data box of 2 GB costs no more than a small one", async () => {
    const file = boxFile([ftyp, { type: "mdat", size: 2_100_000_000, long: true }, moov]);
    const plan = await planSample(file);
    expect(spans(plan).at(-1)).toEqual([2_100_000_024, 2_100_005_024]);
    expect(file.bytesRead()).toBeLessThan(300_000);
  });

  test("a box that ends with the file needs no size", async () => {
    const plan = await planSample(boxFile([ftyp, moov, { ...mdat, claim: 0 }]));
    expect(plan.problem).toBeUndefined();
  });

  test.each([
    ["data cut short", [ftyp, moov, mdat], 500_000],
    ["64-bit data cut short", [ftyp, moov, { ...mdat, long: true }], 500_000],
    ["index cut short", [ftyp, mdat, moov], 902_000],
    ["index missing", [ftyp, mdat], undefined],
    ["nothing after the type", [ftyp], undefined],
  ])("%s: file_truncated", async (_, pieces, cutTo) => {
    const plan = await planSample(boxFile(pieces, cutTo));
    expect(plan).toMatchObject({ problem: "file_truncated", ranges: [] });
  });

  test.each([
    ["zeros", [{ type: "\0\0\0\0", size: 512, claim: 0 }]],
    ["a tag that looks like a huge box", [{ type: "ID3 ", size: 512, claim: 0x7fffffff }]],
  ])("bytes after the end don't matter: %s", async (_, tail) => {
    expect((await planSample(boxFile([ftyp, moov, mdat, ...tail]))).problem).toBeUndefined();
  });

  test("an index over the limit isn't sent ahead", async () => {
    const plan = await planSample(boxFile([ftyp, { type: "moov", size: MAX_INDEX_BYTES + 1 }]));
    expect(plan).toMatchObject({ ranges: [] });
    expect(plan.problem).toBeUndefined();
  });

  test("ten thousand fragments are not walked to the end", async () => {
    const pairs = Array.from({ length: 10_000 }, () => [
      { type: "moof", size: 100 },
      { type: "mdat", size: 100 },
    ]).flat();
    let reads = 0;
    const file = boxFile([ftyp, moov, ...pairs]);
    const counting = {
      ...file,
      read: (start: number, end: number) => {
        reads += 1;
        return file.read(start, end);
      },
    };
    expect((await planSample(counting)).problem).toBeUndefined();
    expect(reads).toBeLessThan(2_100);
  });

  test("pieces are in order, apart, and inside the file for any order of boxes", async () => {
    const piece = fc.record({
      type: fc.constantFrom("free", "mdat", "udta", "sidx", "moof"),
      size: fc.integer({ min: 16, max: 700_000 }),
      long: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 6 }),
        fc.array(piece, { maxLength: 3 }),
        async (a, b) => {
          const file = boxFile([ftyp, ...a, moov, ...b]);
          const plan = await planSample(file);
          expect(plan.problem).toBeUndefined();
          let last = -1;
          for (const [start = 0, end = 0] of spans(plan)) {
            expect(start).toBeGreaterThan(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          const indexAt = 24 + a.reduce((sum, { size }) => sum + size, 0);
          expect(
            spans(plan).some(([start = 0, end = 0]) => start <= indexAt && indexAt + 5_000 <= end),
          ).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

const riff = (size: number, type = "AVI ") => {
  const bytes = Buffer.alloc(12);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(size, 4);
  bytes.write(type, 8);
  return bytes;
};

describe("planSample of AVI", () => {
  const MB = 1_000_000;
  test.each([
    ["whole", [{ offset: 0, bytes: riff(3 * MB - 8) }], 3 * MB, undefined],
    ["cut", [{ offset: 0, bytes: riff(3 * MB - 8) }], 2 * MB, "file_truncated"],
    ["size never written", [{ offset: 0, bytes: riff(0) }], 2 * MB, undefined],
    ["size unknown", [{ offset: 0, bytes: riff(0xffffffff) }], 2 * MB, undefined],
    ["header counted twice", [{ offset: 0, bytes: riff(3 * MB + 8) }], 3 * MB, undefined],
    [
      "OpenDML, whole",
      [
        { offset: 0, bytes: riff(2 * MB - 8) },
        { offset: 2 * MB, bytes: riff(MB - 8, "AVIX") },
      ],
      3 * MB,
      undefined,
    ],
    [
      "OpenDML, last part cut",
      [
        { offset: 0, bytes: riff(2 * MB - 8) },
        { offset: 2 * MB, bytes: riff(MB - 8, "AVIX") },
      ],
      2.5 * MB,
      "file_truncated",
    ],
  ])("%s", async (_, parts, sizeBytes, problem) => {
    const plan = await planSample(source(parts, sizeBytes));
    expect(plan.problem).toBe(problem);
    if (problem) return;
    expect(spans(plan)).toEqual([
      [0, 1_048_576],
      [sizeBytes - 262_144, sizeBytes],
    ]);
  });
});

describe("planSample of WEBM", () => {
  const head = [0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84, ...Buffer.from("webm")];
  const webm = (...segment: number[]) =>
    source(
      [{ offset: 0, bytes: Buffer.from([...head, 0x18, 0x53, 0x80, 0x67, ...segment]) }],
      5_000,
    );

  test.each([
    ["whole", [0x01, 0, 0, 0, 0, 0, 0x13, 0x70], undefined],
    ["cut", [0x01, 0, 0, 0, 0, 0, 0x14, 0x00], "file_truncated"],
    ["a recording, size unknown", [0x01, 255, 255, 255, 255, 255, 255, 255], undefined],
    ["unknown size in one byte", [0xff], undefined],
  ])("%s", async (_, size, problem) => {
    const plan = await planSample(webm(...size));
    expect(plan.problem).toBe(problem);
  });

  test("nothing after the header", async () => {
    const only = source([{ offset: 0, bytes: Buffer.from(head) }], head.length);
    expect((await planSample(only)).problem).toBe("file_truncated");
  });
});

test.each([
  ["no bytes", "", "file_empty"],
  ["text", "just a text file, however it is named", "file_type_unsupported"],
  ["playlist", "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", "file_type_unsupported"],
])("%s is refused", async (_, text, problem) => {
  const bytes = Buffer.from(text);
  const plan = await planSample(source([{ offset: 0, bytes }], bytes.length));
  expect(plan).toEqual({ ranges: [], problem });
});
