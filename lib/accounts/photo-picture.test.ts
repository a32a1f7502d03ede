import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { clampCrop, photoSize, squarePhoto } from "./photo-picture";
import { photoCropSchema } from "./schema";

const red = { r: 220, g: 20, b: 20 };
const green = { r: 20, g: 200, b: 20 };
const blue = { r: 20, g: 20, b: 220 };
const white = { r: 250, g: 250, b: 250 };

/** 200 x 100: red and green above, blue and white below. */
function fourColours() {
  const tile = (background: typeof red) => ({
    create: { width: 100, height: 50, channels: 3 as const, background },
  });
  return sharp({ create: { width: 200, height: 100, channels: 3, background: red } }).composite([
    { input: tile(green), left: 100, top: 0 },
    { input: tile(blue), left: 0, top: 50 },
    { input: tile(white), left: 100, top: 50 },
  ]);
}

const everything = { x: 0, y: 0, size: 20_000 };

async function colourAt(picture: Buffer, x: number, y: number) {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  const [r = 0, g = 0, b = 0] = data.subarray((y * info.width + x) * info.channels);
  return { r, g, b };
}

function expectColour(seen: typeof red, wanted: typeof red): void {
  for (const channel of ["r", "g", "b"] as const)
    expect(Math.abs(seen[channel] - wanted[channel])).toBeLessThan(25);
}

/** A PNG that says it is `width` x `height` and is a few hundred bytes. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(100_000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("a picture", () => {
  it.each(["jpeg", "png", "webp"] as const)("of %s becomes a square WebP", async (format) => {
    const bytes = await fourColours().toFormat(format).toBuffer();
    const picture = await squarePhoto(bytes, { x: 110, y: 10, size: 30 });
    const metadata = await sharp(picture).metadata();
    expect(metadata).toMatchObject({ format: "webp", width: photoSize, height: photoSize });
    expectColour(await colourAt(picture, 256, 256), green);
  });

  it.each([
    // Orientation, size as shown, and what its corners are as shown: [left top, right bottom].
    [1, [200, 100], [red, white]],
    [3, [200, 100], [white, red]],
    [6, [100, 200], [blue, green]],
    [8, [100, 200], [green, blue]],
    [5, [100, 200], [red, white]],
  ] as const)(
    "of EXIF orientation %d is turned before it is cut",
    async (orientation, size, corners) => {
      const bytes = await fourColours().withMetadata({ orientation }).jpeg().toBuffer();
      const [width, height] = size;
      const [leftTop, rightBottom] = corners;
      const first = await squarePhoto(bytes, { x: 5, y: 5, size: 30 });
      expectColour(await colourAt(first, 256, 256), leftTop);
      const last = await squarePhoto(bytes, { x: width - 35, y: height - 35, size: 30 });
      expectColour(await colourAt(last, 256, 256), rightBottom);
    },
  );

  it("loses everything that can't be seen", async () => {
    const bytes = await fourColours()
      .withExif({ IFD0: { Copyright: "secret place", Make: "secret camera" } })
      .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret text</x:xmpmeta>")
      .jpeg()
      .toBuffer();
    const hidden = Buffer.concat([
      bytes,
      Buffer.from("PK\x03\x04 secret <script>alert(1)</script>"),
    ]);
    expect(hidden.toString("latin1")).toContain("secret place");
    const picture = await squarePhoto(hidden, everything);
    const metadata = await sharp(picture).metadata();
    expect([metadata.exif, metadata.xmp, metadata.icc, metadata.orientation]).toEqual(
      Array(4).fill(undefined),
    );
    expect(picture.toString("latin1")).not.toMatch(/secret|script/);
  });

  it("smaller than the wished square is taken whole", async () => {
    const bytes = await sharp({ create: { width: 3, height: 2, channels: 4, background: red } })
      .png()
      .toBuffer();
    const picture = await squarePhoto(bytes, { x: 900, y: 900, size: 16 });
    expectColour(await colourAt(picture, 256, 256), red);
  });
});

describe("what is no picture for us", () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><script>alert(1)</script></svg>`;
  const cases: [string, () => Promise<Buffer> | Buffer][] = [
    ["nothing", () => Buffer.alloc(0)],
    ["text", () => Buffer.from("not a picture")],
    ["an SVG with a script", () => Buffer.from(svg)],
    ["a GIF", () => fourColours().gif().toBuffer()],
    ["a TIFF", () => fourColours().tiff().toBuffer()],
    ["an AVIF", () => fourColours().avif().toBuffer()],
    ["an SVG behind a JPEG's first bytes", () => Buffer.from(`\xff\xd8\xff${svg}`, "latin1")],
    ["an SVG behind a PNG's first bytes", () => Buffer.from(`\x89PNG\r\n\x1a\n${svg}`, "latin1")],
    ["a GIF that calls itself WebP", () => Buffer.from("RIFF\x10\0\0\0WEBPGIF89a", "latin1")],
    ["a bomb of 3.6 thousand million pixels", () => pngOf(60_000, 60_000)],
    ["a bomb of 53 million pixels", () => pngOf(1, 53_000_000)],
    ["a PNG with less in it than it says", () => pngOf(4_000, 4_000)],
  ];

  it.each(cases)("%s is refused", async (_, make) => {
    const bytes = await make();
    await expect(squarePhoto(bytes, everything)).rejects.toMatchObject({
      code: "photo_unreadable",
    });
  });

  it.each(["jpeg", "png", "webp"] as const)("a %s without its end is refused", async (format) => {
    const noise = Buffer.from(Array.from({ length: 120 * 120 * 3 }, (_, i) => (i * i * 31) % 251));
    const raw = { width: 120, height: 120, channels: 3 as const };
    const bytes = await sharp(noise, { raw }).toFormat(format).toBuffer();
    await expect(squarePhoto(bytes, everything)).resolves.toBeInstanceOf(Buffer);
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    await expect(squarePhoto(half, everything)).rejects.toMatchObject({ code: "photo_unreadable" });
  });
});

describe("a crop", () => {
  it("always lies inside the picture and is as large as it may be", () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    const wished = fc.record({
      x: fc.integer({ min: 0, max: 20_000 }),
      y: fc.integer({ min: 0, max: 20_000 }),
      size: fc.integer({ min: 16, max: 20_000 }),
    });
    fc.assert(
      fc.property(wished, side, side, (crop, width, height) => {
        const {
          left,
          top,
          width: size,
        } = clampCrop(photoCropSchema.parse(crop), { width, height });
        expect(size).toBe(Math.min(crop.size, width, height));
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
        expect(left + size).toBeLessThanOrEqual(width);
        expect(top + size).toBeLessThanOrEqual(height);
        if (crop.x + size <= width) expect(left).toBe(crop.x);
        if (crop.y + size <= height) expect(top).toBe(crop.y);
      }),
    );
  });
});
