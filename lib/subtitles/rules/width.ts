/**
 * How wide a text is for a rule that counts characters.
 * "graphemes": every visible character counts 1 (Latin, Cyrillic, Arabic ... subtitles).
 * "weighted": Hangul, kana, Han, full-width characters and emoji count 1, all else 0.5, as
 * the Korean, Japanese and Chinese guides count.
 * Under both, zero-width and direction marks, line breaks and controls count 0.
 */
export type WidthCounting = "graphemes" | "weighted";

const narrow = 1;
const wide = 2;
const nothing = 0;
/** Part of a cluster, or unknown: the whole text must be cut into graphemes. */
const complex = -1;

/** [first, last, kind] of UTF-16 units that are a grapheme of their own whatever follows. */
const simpleRanges: readonly (readonly [number, number, number])[] = [
  [0x0000, 0x001f, nothing],
  [0x0020, 0x007e, narrow],
  [0x007f, 0x009f, nothing],
  [0x00a0, 0x02ff, narrow],
  [0x00ad, 0x00ad, nothing],
  [0x0370, 0x0482, narrow],
  [0x048a, 0x058f, narrow],
  [0x05d0, 0x05ea, narrow],
  [0x1e00, 0x1fff, narrow],
  [0x2000, 0x200a, narrow],
  [0x200b, 0x200b, nothing],
  [0x200e, 0x200f, nothing],
  [0x2010, 0x2027, narrow],
  [0x2028, 0x202e, nothing],
  [0x202f, 0x205f, narrow],
  [0x2060, 0x206f, nothing],
  [0x20a0, 0x20bf, narrow],
  [0x2100, 0x22ff, narrow],
  [0x3000, 0x3029, wide],
  [0x3030, 0x303e, wide],
  [0x3041, 0x3096, wide],
  [0x309b, 0x30ff, wide],
  [0x3105, 0x312f, wide],
  [0x3131, 0x318e, wide],
  [0x31a0, 0x4dbf, wide],
  [0x4e00, 0x9fff, wide],
  [0xac00, 0xd7a3, wide],
  [0xfeff, 0xfeff, nothing],
  [0xff01, 0xff60, wide],
  [0xff61, 0xff9d, narrow],
  [0xffe0, 0xffe6, wide],
];

/** The kind of every UTF-16 unit; 64 KiB, made when first asked for. */
let kinds: Int8Array | undefined;

function unitKinds(): Int8Array {
  if (kinds === undefined) {
    kinds = new Int8Array(0x10000).fill(complex);
    for (const [first, last, kind] of simpleRanges) kinds.fill(kind, first, last + 1);
  }
  return kinds;
}

let segmenter: Intl.Segmenter | undefined;

/** The user-perceived characters of a text. */
export function graphemes(text: string): string[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const zeroWidth = /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u;
const conjoiningJamo = /^[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/;
const wideCluster =
  /^[\u3000-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3ffff}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|^\p{Regional_Indicator}/u;

function clusterUnits(cluster: string): number {
  if (zeroWidth.test(cluster)) return nothing;
  return conjoiningJamo.test(cluster) || wideCluster.test(cluster) ? wide : narrow;
}

/** The width in characters, a multiple of 0.5. `text` is plain, without markup. */
export function textWidth(text: string, counting: WidthCounting): number {
  const table = unitKinds();
  let count = 0;
  let halves = 0;
  for (let i = 0; i < text.length; i++) {
    const kind = table[text.charCodeAt(i)] ?? complex;
    if (kind === complex) return complexWidth(text, counting);
    if (kind !== nothing) count++;
    halves += kind;
  }
  return counting === "graphemes" ? count : halves / 2;
}

function complexWidth(text: string, counting: WidthCounting): number {
  let count = 0;
  let halves = 0;
  for (const cluster of graphemes(text)) {
    const units = clusterUnits(cluster);
    if (units !== nothing) count++;
    halves += units;
  }
  return counting === "graphemes" ? count : halves / 2;
}
