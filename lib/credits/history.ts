import "server-only";
import { historyKindOf, movementsOf, shownMovements } from "./history-policy";
import { type HistoryFilter, type HistoryRow, readHistory } from "./history-repo";
import type { HistoryChoice, HistoryEntry, HistoryQuery } from "./schema";
import { seoulDayEnd, seoulDayStart } from "./seoul";

/** A page of what changed an account's credits, newest first. */
export async function listHistory(options: {
  ownerId: string;
  query: HistoryQuery;
}): Promise<{ entries: HistoryEntry[]; nextCursor: number | null }> {
  const { ownerId, query } = options;
  const { cursor, limit } = query;
  const rows = await readHistory({
    ...filterOf(ownerId, query),
    beforeSeq: cursor,
    limit: limit + 1,
  });
  const entries = rows.slice(0, limit).map(entry);
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.seq ?? null) : null };
}

/** Rows read from the database at a time. */
const chunkRows = 500;

/** Everything that matches, in chunks, newest first. */
export async function* historyChunks(options: {
  ownerId: string;
  choice: HistoryChoice;
}): AsyncGenerator<HistoryEntry[]> {
  const filter = filterOf(options.ownerId, options.choice);
  let beforeSeq: number | undefined;
  for (;;) {
    const rows = await readHistory({ ...filter, beforeSeq, limit: chunkRows });
    if (rows.length > 0) yield rows.map(entry);
    if (rows.length < chunkRows) return;
    beforeSeq = rows.at(-1)?.seq;
  }
}

function filterOf(
  ownerId: string,
  { kind, from, to, q }: HistoryChoice,
): Omit<HistoryFilter, "limit"> {
  return {
    ownerId,
    movements: kind ? movementsOf[kind] : shownMovements,
    from: from ? new Date(seoulDayStart(from)) : undefined,
    until: to ? new Date(seoulDayEnd(to)) : undefined,
    text: q === "" ? undefined : q,
  };
}

function entry(row: HistoryRow): HistoryEntry {
  const { jobId, videoId, videoTitle, at, ...rest } = row;
  const video = videoId !== null && videoTitle !== null ? { id: videoId, title: videoTitle } : null;
  return {
    ...rest,
    kind: historyKindOf(row.movement),
    job: jobId && video ? { id: jobId, videoId: video.id, videoTitle: video.title } : null,
    video: jobId ? null : video,
    at: at.toISOString(),
  };
}
