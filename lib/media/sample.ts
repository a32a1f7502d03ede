import type { ErrorCode } from "@/lib/errors";
import type { ByteRange } from "./schema";
import { type Container, SNIFF_BYTES, sniffContainer } from "./sniff";
import { type Element, type FileSource, readStructure } from "./structure";

const KiB = 1024;
const MiB = 1024 * KiB;

/**
 * An index larger than this isn't sent ahead of the file. Real ones stay below: about 8 MiB for
 * each hour of 60 frames a second.
 */
export const MAX_INDEX_BYTES = 32 * MiB;

/** Enough for the first pictures, so that the decoder can say what they are. */
const MEDIA_HEAD_BYTES = 256 * KiB;

const STREAM_HEAD_BYTES = MiB;
const STREAM_TAIL_BYTES = 256 * KiB;

export interface SamplePlan {
  container?: Container;
  /**
   * The pieces `probeSample` needs, in order and without overlap. Empty without a `problem`: the
   * index is over `MAX_INDEX_BYTES` and the file can only be judged whole.
   */
  ranges: ByteRange[];
  /** Already refused; nothing need be sent. */
  problem?: Extract<ErrorCode, "file_empty" | "file_type_unsupported" | "file_truncated">;
}

/**
 * Which pieces of a file tell whether it can become a captioned video, so that a wrong or broken
 * file is refused before it is uploaded. Reads headers and these pieces only.
 */
export async function planSample(source: FileSource): Promise<SamplePlan> {
  if (source.sizeBytes <= 0) return { ranges: [], problem: "file_empty" };
  const head = await source.read(0, Math.min(SNIFF_BYTES, source.sizeBytes));
  const container = sniffContainer(head);
  if (!container) return { ranges: [], problem: "file_type_unsupported" };
  const { elements, truncated } = await readStructure(source, container);
  if (truncated) return { container, ranges: [], problem: "file_truncated" };
  const isBoxes = container === "mp4" || container === "mov";
  const spans = isBoxes ? boxSpans(elements, source.sizeBytes) : streamSpans(source.sizeBytes);
  const ranges: ByteRange[] = [];
  for (const [start, end] of merge(spans)) {
    ranges.push({ offset: start, bytes: await source.read(start, end) });
  }
  return { container, ranges };
}

/** Start and end (excluded), bytes. */
type Span = [start: number, end: number];

function streamSpans(sizeBytes: number): Span[] {
  return [
    [0, Math.min(STREAM_HEAD_BYTES, sizeBytes)],
    [Math.max(0, sizeBytes - STREAM_TAIL_BYTES), sizeBytes],
  ];
}

/** Boxes past the index whose headers are taken: the first fragments tell what there is to know. */
const FIRST_BOXES = 64;

const indexBoxes = new Set(["ftyp", "moov", "sidx", "mfra"]);

function boxSpans(elements: Element[], sizeBytes: number): Span[] {
  const spans: Span[] = [];
  let indexBytes = 0;
  let sawMedia = false;
  // A reader walks from box to box, so it needs each header up to the index.
  const index = elements.findLastIndex(({ type }) => type === "moov");
  for (const { type, offset, headerBytes, end } of elements.slice(0, index + FIRST_BOXES)) {
    const whole = indexBoxes.has(type) || (type === "moof" && !sawMedia);
    if (whole) indexBytes += end - offset;
    const isFirstMedia = type === "mdat" && !sawMedia;
    if (type === "mdat") sawMedia = true;
    const wanted = headerBytes + (isFirstMedia ? MEDIA_HEAD_BYTES : 0);
    spans.push([offset, whole ? end : Math.min(offset + wanted, end, sizeBytes)]);
  }
  return indexBytes > MAX_INDEX_BYTES ? [] : spans;
}

function merge(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
