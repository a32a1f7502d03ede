import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { transaction } from "@/lib/transaction";
import { getOwnVideo } from "@/lib/videos/service";
import { readTranscript } from "./read";
import { dropUnused, findTranscript, insertTranscript, readTranscriptRow } from "./repo";
import type { TranscriptFormat, TranscriptLine, TranscriptView } from "./schema";
import { warningTexts } from "./warning-texts";

/** Texts of a video that nothing was made from yet; older ones go when another is brought. */
const unusedKept = 5;

/**
 * Reads and keeps a text or subtitles that the owner has for a video.
 * @throws {AppError} `not_found`, `subtitles_unreadable`, `transcript_empty`, `payload_too_large`
 */
export async function importTranscript(options: {
  ownerId: string;
  videoId: string;
  fileName: string;
  bytes: Uint8Array;
  /** The language of the warnings. */
  locale: "ko" | "en";
}): Promise<TranscriptView> {
  const { ownerId, videoId, fileName, bytes, locale } = options;
  await getOwnVideo({ ownerId, videoId });
  const { format, lines, warnings } = readTranscript(fileName, bytes);
  const id = newId();
  await transaction(async (tx) => {
    await insertTranscript(tx, { id, ownerId, videoId, fileName, format, lines });
    await dropUnused(tx, { videoId, keep: unusedKept });
  });
  return {
    ...{ id, fileName, format, lines },
    warnings: warnings.map((each) => ({ ...each, message: warningTexts[each.code][locale] })),
  };
}

/** @throws {AppError} `not_found` */
export async function getTranscript(options: {
  ownerId: string;
  transcriptId: string;
}): Promise<TranscriptView> {
  const row = await findTranscript(options.ownerId, options.transcriptId);
  if (!row) throw new AppError("not_found");
  const { id, fileName, format, lines } = row;
  return { id, fileName, format, lines, warnings: [] };
}

/**
 * The lines of a text that a job is made from.
 * @throws {AppError} `not_found`
 */
export async function transcriptLines(
  transcriptId: string,
): Promise<{ format: TranscriptFormat; lines: TranscriptLine[] }> {
  const row = await readTranscriptRow(transcriptId);
  if (!row) throw new AppError("not_found");
  return { format: row.format, lines: row.lines };
}
