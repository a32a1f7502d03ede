import { z } from "zod";
import type { Loss } from "@/lib/subtitles/formats";
import { exportFormats } from "./export-formats";

/** Most files of one archive. */
export const maxArchiveFiles = 200;

const flag = z.enum(["0", "1"]).optional();

/** How files are written; what is left out is as the format has it by custom. */
const fileOptions = {
  bom: flag,
  lineEnd: z.enum(["lf", "crlf"]).optional(),
  /** Names of speakers; left out: where the format has a place for them. */
  speakers: flag,
  /** Times at the video's frames. */
  frames: flag,
  /** VTT: colours and letters, see `WriteOptions.looks`. */
  looks: flag,
  /** TXT. */
  times: flag,
  paragraphs: flag,
  secondPlace: z.enum(["below", "above"]).optional(),
};

export const exportQuery = z.object({
  format: z.enum(exportFormats),
  /** Number of a version; left out: as it is now. */
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  /** Another track of the same video, for a file in two languages. */
  second: z.uuid().optional(),
  ...fileOptions,
});
export type ExportQuery = z.infer<typeof exportQuery>;

const listed = z.string().transform((text) => [...new Set(text.split(",").filter(Boolean))]);

export const archiveQuery = z.object({
  /** Ids with commas between; left out: all of the video's. */
  tracks: listed.pipe(z.array(z.uuid()).min(1).max(100)).optional(),
  formats: listed.pipe(z.array(z.enum(exportFormats)).min(1)),
  ...fileOptions,
});
export type ArchiveQuery = z.infer<typeof archiveQuery>;

/** What a file will be, before it is taken home. */
export interface ExportCheck {
  fileName: string;
  bytes: number;
  /** Hex. */
  sha256: string;
  /** Of the track that is written. */
  revision: number;
  losses: Loss[];
}

/** The same for an archive, and for each of its files. */
export interface ArchiveCheck {
  fileName: string;
  bytes: number;
  sha256: string;
  files: ExportCheck[];
}

/** What a file was found to be, without the file. */
export function checkOf(file: Omit<ExportCheck, "bytes"> & { bytes: Uint8Array }): ExportCheck {
  const { fileName, bytes, sha256, revision, losses } = file;
  return { fileName, bytes: bytes.byteLength, sha256, revision, losses };
}

/** A dialog asks again at every choice. */
export const exportRate = { limit: 600, windowMs: 60_000 * 10 };
/** Every language in every format is work for a second. */
export const archiveRate = { limit: 120, windowMs: 60_000 * 10 };
