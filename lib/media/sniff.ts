/** The four containers the product accepts. */
export type Container = "mp4" | "mov" | "avi" | "webm";

/** How many bytes of a file's start `sniffContainer` needs to be sure. */
export const SNIFF_BYTES = 4096;

/**
 * ISO base media brands that are pictures, not videos (ISO/IEC 23008-12, AV1 image format,
 * JPEG 2000 and Canon raw): they share the box layout and would otherwise pass for MP4.
 */
const pictureBrands = new Set([
  ...["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1"],
  ...["avif", "avis", "jp2 ", "jpx ", "jpm ", "mjp2", "jxl ", "crx ", "miaf"],
]);

/** First boxes of QuickTime files older than `ftyp` (QuickTime File Format, "Movie files"). */
const oldQuickTimeBoxes = new Set(["moov", "mdat", "wide", "free", "skip", "pnot"]);

/**
 * Which container a file is, judged by its bytes and never by its name.
 * Playlists, Matroska other than WEBM, pictures and text are none of the four.
 * @param head the first `SNIFF_BYTES` of the file, or all of a shorter one.
 */
export function sniffContainer(head: Uint8Array): Container | undefined {
  if (head.length < 12) return undefined;
  const tag = ascii(head, 4, 8);
  if (tag === "ftyp") return sniffBrand(head);
  if (ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 12) === "AVI ") return "avi";
  if (isWebm(head)) return "webm";
  if (oldQuickTimeBoxes.has(tag) && plausibleBoxSize(head, tag)) return "mov";
  return undefined;
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function sniffBrand(head: Uint8Array): Container | undefined {
  const brand = ascii(head, 8, 12);
  if (brand === "qt  ") return "mov";
  return pictureBrands.has(brand) ? undefined : "mp4";
}

/** Prose may have "free" at the right place; its size bytes would be letters, a huge number. */
function plausibleBoxSize(head: Uint8Array, tag: string): boolean {
  const size = new DataView(head.buffer, head.byteOffset, 4).getUint32(0);
  if (tag === "mdat") return size === 0 || size === 1 || size >= 8;
  return size >= 8 && size < 2 ** 24;
}

/** An EBML header whose DocType (0x4282) says `webm`; RFC 8794 section 11.2. */
function isWebm(head: Uint8Array): boolean {
  if (head[0] !== 0x1a || head[1] !== 0x45 || head[2] !== 0xdf || head[3] !== 0xa3) return false;
  for (let i = 4; i + 7 <= head.length && i < 256; i++) {
    if (head[i] !== 0x42 || head[i + 1] !== 0x82) continue;
    const length = (head[i + 2] ?? 0) & 0x7f;
    return ascii(head, i + 3, i + 3 + length).replace(/\0+$/, "") === "webm";
  }
  return false;
}
