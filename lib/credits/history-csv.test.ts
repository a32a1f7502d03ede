import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvWords, csvHead, csvLines, textCell } from "./history-csv";
import { historyKindOf, shownMovements, usageOf } from "./history-policy";
import type { HistoryEntry } from "./schema";

const words: CsvWords = {
  headers: ["시각", "종류, 모두"],
  movement: ({ movement }) => movement,
  component: (component) => component,
  source: (source) => source,
};

const used: HistoryEntry = {
  id: "0198-ledger",
  seq: 4,
  kind: "use",
  movement: "capture",
  amount: -126,
  balanceAfter: 74,
  component: "transcribe",
  source: null,
  job: { id: "0198-job", videoId: "0198-video", videoTitle: '바다의 "하루", 1편' },
  video: null,
  orderId: null,
  amountKrw: null,
  at: "2026-11-30T15:00:00.000Z",
};

/** The cells of a line, as RFC 4180 reads them. */
function cells(line: string): string[] {
  const found = line.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g);
  const read = [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
  return read.slice(0, -1);
}

describe("the CSV file", () => {
  it("starts with the mark that Excel needs, and its columns", () => {
    expect(csvHead(words)).toBe('\ufeff시각,"종류, 모두"\r\n');
  });

  it("has a line an entry, times as in Seoul, figures plain", () => {
    expect(csvLines([used], words)).toBe(
      '2026-12-01T00:00:00+09:00,capture,-126,74,transcribe,,"바다의 ""하루"", 1편",,,0198-ledger\r\n',
    );
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"])(
    "doesn't let %j be a formula",
    (title) => expect(textCell(title).replace(/^"/, "")).toMatch(/^'/),
  );

  it("gives back any title", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (title) => {
        const guarded = /^\s*[=+\-@\t\r＝＋－＠]/.test(title) ? `'${title}` : title;
        expect(cells(`${textCell(title)},x\r\n`)).toEqual([guarded, "x"]);
      }),
    );
  });
});

describe("kinds of movement", () => {
  it("are known for all that is shown, and holding isn't shown", () => {
    expect(shownMovements.map(historyKindOf).filter((kind) => kind === "use")).toHaveLength(1);
    expect(shownMovements).not.toContain("reserve");
    expect(() => historyKindOf("release")).toThrow();
  });

  it.each([
    ["transcribe", "transcription"],
    ["translate:en", "translation"],
    ["retention:30", "retention"],
    ["other", undefined],
    [null, undefined],
  ])("%s is used for %s", (component, use) => expect(usageOf(component)).toBe(use));
});
