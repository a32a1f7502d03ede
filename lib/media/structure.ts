import type { Container } from "./sniff";

/** Random access to a file, in the browser (`File.slice`) or on a server (`FileHandle.read`). */
export interface FileSource {
  sizeBytes: number;
  /** The bytes from `start` to `end` (excluded), both within the file. */
  read: (start: number, end: number) => Promise<Uint8Array>;
}

/** One element at the top level of a file. */
export interface Element {
  type: string;
  /** Bytes from the start of the file to the element's header. */
  offset: number;
  headerBytes: number;
  /** Where the next element starts, by the element's own word; may lie past the file's end. */
  end: number;
}

export interface Structure {
  elements: Element[];
  truncated: boolean;
}

/**
 * Fragmented recordings have a pair of boxes for each second or so; walking further than this
 * costs a reader in the browser seconds and says nothing new.
 */
const MAX_ELEMENTS = 2000;

/** Slack for writers that count a header or a padding byte twice, bytes. */
const RIFF_TOLERANCE = 64;

/** Walks the top level of a file, reading only headers, and tells whether its end is missing. */
export async function readStructure(source: FileSource, container: Container): Promise<Structure> {
  if (container === "avi") return walkRiff(source);
  if (container === "webm") return walkEbml(source);
  return walkBoxes(source);
}

async function readAt(source: FileSource, offset: number, length: number): Promise<DataView> {
  const bytes = await source.read(offset, Math.min(source.sizeBytes, offset + length));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function fourCharacters(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

/** ISO/IEC 14496-12 section 4.2: 32-bit size, type, 64-bit size when the first is 1. */
async function walkBoxes(source: FileSource): Promise<Structure> {
  const elements: Element[] = [];
  let offset = 0;
  while (offset + 8 <= source.sizeBytes && elements.length < MAX_ELEMENTS) {
    const view = await readAt(source, offset, 16);
    const type = fourCharacters(view, 4);
    const size = view.getUint32(0);
    const long = size === 1 && view.byteLength === 16;
    const headerBytes = long ? 16 : 8;
    const length = long ? Number(view.getBigUint64(8)) : size;
    const toTheEnd = size === 0;
    // Padding of zeros after the last box, or bytes that are no box: the rest says nothing.
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type) || (!toTheEnd && length < headerBytes)) break;
    const end = toTheEnd ? source.sizeBytes : offset + length;
    elements.push({ type, offset, headerBytes, end });
    offset = end;
  }
  // Bytes appended after the video may look like a box; only these three carry it.
  const cut = elements.some(
    ({ type, end }) => end > source.sizeBytes && ["moov", "mdat", "moof"].includes(type),
  );
  const hasIndex = elements.some(({ type }) => type === "moov");
  return { elements, truncated: cut || !hasIndex };
}

/**
 * AVI is a RIFF chunk, and past 1 GB further ones of type AVIX (OpenDML). A size of 0 or all
 * ones comes from a recorder that never wrote it: no statement about the file's end.
 */
async function walkRiff(source: FileSource): Promise<Structure> {
  const elements: Element[] = [];
  let truncated = false;
  let offset = 0;
  while (offset + 12 <= source.sizeBytes && elements.length < MAX_ELEMENTS) {
    const view = await readAt(source, offset, 12);
    if (fourCharacters(view, 0) !== "RIFF") break;
    const size = view.getUint32(4, true);
    const unknown = size === 0 || size === 0xffffffff;
    const end = unknown ? source.sizeBytes : offset + 8 + size + (size % 2);
    elements.push({ type: fourCharacters(view, 8), offset, headerBytes: 12, end });
    if (end > source.sizeBytes + RIFF_TOLERANCE) truncated = true;
    offset = end;
  }
  return { elements, truncated };
}

const SEGMENT_ID = 0x18538067;

/** RFC 8794: id and size are variable-length numbers; a size of all ones means unknown. */
async function walkEbml(source: FileSource): Promise<Structure> {
  const elements: Element[] = [];
  let offset = 0;
  while (offset + 2 <= source.sizeBytes && elements.length < 16) {
    const view = await readAt(source, offset, 12);
    const id = readVint(view, 0, true);
    const size = id && readVint(view, id.length, false);
    if (!id || !size) break;
    const headerBytes = id.length + size.length;
    const end = size.value === undefined ? source.sizeBytes : offset + headerBytes + size.value;
    const isSegment = id.value === SEGMENT_ID;
    elements.push({ type: isSegment ? "Segment" : "other", offset, headerBytes, end });
    if (isSegment) break;
    offset = end;
  }
  const segment = elements.find(({ type }) => type === "Segment");
  return { elements, truncated: !segment || segment.end > source.sizeBytes };
}

/** `value` is undefined for the reserved "unknown size". */
function readVint(view: DataView, at: number, keepMarker: boolean) {
  if (at >= view.byteLength) return undefined;
  const first = view.getUint8(at);
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > view.byteLength) return undefined;
  let value = keepMarker ? first : first & (0xff >> length);
  let allOnes = (first & (0xff >> length)) === 0xff >> length;
  for (let i = 1; i < length; i++) {
    const byte = view.getUint8(at + i);
    value = value * 256 + byte;
    allOnes &&= byte === 0xff;
  }
  return { length, value: !keepMarker && allOnes ? undefined : value };
}
