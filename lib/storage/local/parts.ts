/**
 * Part size of the Blob SDK and of our own uploader. Parts of exactly this size go straight to
 * their place in the final file, so that joining two gigabytes copies nothing.
 */
export const SLOT_BYTES = 8 * 1024 ** 2;

/** Where such a part begins, bytes. */
export function slotOffset(partNumber: number): number {
  return (partNumber - 1) * SLOT_BYTES;
}

/** A finished part: the hash is hex; the place is `slot` or the name of a file of its own. */
export interface PartName {
  partNumber: number;
  sizeBytes: number;
  sha256: string;
  place: string;
}

export interface PartRecord extends PartName {
  /** As on the disk. */
  name: string;
  /** Quoted. */
  etag: string;
}

const pattern = /^(\d{1,5})_(\d{1,16})_([0-9a-f]{64})_(slot|[0-9a-f-]{36})$/;

/** A part's record is nothing but a file name, so that it appears in one indivisible step. */
export function formatPart(part: PartName): string {
  return `${part.partNumber}_${part.sizeBytes}_${part.sha256}_${part.place}`;
}

export function parsePart(name: string): PartRecord | undefined {
  const [, partNumber, sizeBytes, sha256, place] = pattern.exec(name) ?? [];
  if (!sha256 || !place) return undefined;
  return {
    name,
    partNumber: Number(partNumber),
    sizeBytes: Number(sizeBytes),
    sha256,
    place,
    etag: `"${sha256}"`,
  };
}

/**
 * The records that `wanted` (sorted) names, each by number and ETag; undefined when one is
 * missing, twice, or the numbers don't run 1, 2, 3 to the end.
 */
export function chooseParts(
  records: PartRecord[],
  wanted: { partNumber: number; etag: string }[],
): PartRecord[] | undefined {
  if (wanted.length === 0) return undefined;
  const chosen: PartRecord[] = [];
  for (const [i, { partNumber, etag }] of wanted.entries()) {
    const hash = etag.replaceAll('"', "");
    const fits = records.filter((one) => one.partNumber === partNumber && one.sha256 === hash);
    const record = fits.find((one) => one.place === "slot") ?? fits[0];
    if (!record || partNumber !== i + 1) return undefined;
    chosen.push(record);
  }
  return chosen;
}
