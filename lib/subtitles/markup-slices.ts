import { MarkupBuilder, type TextRun, textRuns } from "@/lib/subtitles/markup";

/** Text put in the place of a stretch of what a viewer reads; offsets as in `plainText`. */
export interface PlainEdit {
  from: number;
  to: number;
  insert: string;
}

/** Runs as light markup, every tag closed. */
export function markupOfRuns(runs: readonly TextRun[]): string {
  const builder = new MarkupBuilder();
  for (const { text, bold, italic, underline } of runs) {
    if (text === "") continue;
    const looks = [
      ["b", bold],
      ["i", italic],
      ["u", underline],
    ] as const;
    for (const [name, on] of looks) if (!on) builder.close(name);
    for (const [name, on] of looks) if (on) builder.open(name);
    builder.literal(text);
  }
  return builder.finish();
}

/** A stretch of a cue's text, as it looks there; offsets as in `plainText`. */
export function sliceMarkup(text: string, from: number, to: number): string {
  if (!text.includes("<")) return text.slice(from, to);
  return markupOfRuns(runsBetween(textRuns(text), from, to));
}

/**
 * A cue's text with stretches replaced. `edits` are in order and don't overlap. What comes in looks
 * like the first character that it replaces, or, where it replaces none, like the one before it.
 */
export function editMarkup(text: string, edits: readonly PlainEdit[]): string {
  const runs = textRuns(text);
  const edited: TextRun[] = [];
  let at = 0;
  for (const { from, to, insert } of edits) {
    edited.push(...runsBetween(runs, at, from));
    edited.push({ ...lookAt(runs, from === to ? from - 1 : from), text: insert });
    at = to;
  }
  edited.push(...runsBetween(runs, at, Number.POSITIVE_INFINITY));
  return markupOfRuns(edited);
}

function runsBetween(runs: readonly TextRun[], from: number, to: number): TextRun[] {
  const found: TextRun[] = [];
  let start = 0;
  for (const run of runs) {
    const end = start + run.text.length;
    if (end > from && start < to) {
      const text = run.text.slice(Math.max(0, from - start), to - start);
      found.push({ ...run, text });
    }
    start = end;
  }
  return found;
}

const plain: TextRun = { text: "", bold: false, italic: false, underline: false };

function lookAt(runs: readonly TextRun[], offset: number): TextRun {
  let end = 0;
  for (const run of runs) {
    end += run.text.length;
    if (offset < end) return run;
  }
  return runs.at(-1) ?? plain;
}
