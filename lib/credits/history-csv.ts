import type { HistoryEntry } from "./schema";
import { seoulTime } from "./seoul";

/** The words of the file, in the person's language. */
export interface CsvWords {
  headers: readonly string[];
  movement: (entry: HistoryEntry) => string;
  component: (component: string) => string;
  source: (source: string) => string;
}

/** What Excel needs to read UTF-8. */
export const byteOrderMark = "\ufeff";

/**
 * A cell of text (RFC 4180). One that a spreadsheet would take for a formula gets an apostrophe in
 * front: a video's title may come from anybody.
 */
export function textCell(text: string): string {
  const plain = /^[\s]*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const line = (cells: readonly string[]) => `${cells.join(",")}\r\n`;

/** The first line, with the mark before it. */
export function csvHead({ headers }: CsvWords): string {
  return byteOrderMark + line(headers.map(textCell));
}

/** Lines for these entries: the columns of the list, and the ledger's number of each. */
export function csvLines(entries: readonly HistoryEntry[], words: CsvWords): string {
  return entries
    .map((entry) =>
      line([
        seoulTime(Date.parse(entry.at)),
        textCell(words.movement(entry)),
        String(entry.amount),
        String(entry.balanceAfter),
        textCell(entry.component ? words.component(entry.component) : ""),
        textCell(entry.source ? words.source(entry.source) : ""),
        textCell(entry.job?.videoTitle ?? entry.video?.title ?? ""),
        textCell(entry.orderId ?? ""),
        entry.amountKrw === null ? "" : String(entry.amountKrw),
        entry.id,
      ]),
    )
    .join("");
}
