import { editMarkup, type PlainEdit } from "@/lib/subtitles/markup-slices";
import type { Cue } from "@/lib/subtitles/model";
import { maxBatch, maxCueText } from "@/lib/subtitles/operations/limits";
import type { CueOperation, SimpleOperation } from "@/lib/subtitles/operations/types";
import {
  compileSearch,
  type Match,
  type Search,
  type SearchProblem,
  type SpeakerNames,
  searchedText,
} from "@/lib/subtitles/search/find";
import { fillTemplate, parseTemplate, type Template } from "@/lib/subtitles/search/template";

/** A stretch of what a viewer reads. */
export interface Range {
  from: number;
  to: number;
}

/** What replacing makes of one cue, to be looked at before it is done. */
export interface Replacement {
  cueId: string;
  /** Light markup, or the name of the speaker. */
  before: string;
  after: string;
  /** What goes, in the plain text before; what comes, in the plain text after. */
  removed: Range[];
  inserted: Range[];
}

export interface Replaced {
  ok: true;
  /** Undefined where nothing would change. */
  operation: CueOperation | undefined;
  changes: Replacement[];
  /** Matches that are replaced. */
  count: number;
  /** Cues that are left as they are: their text would be longer than a cue's may be. */
  tooLong: string[];
  /** There are more cues than one edit may change; these are the first of them. */
  more: boolean;
}

interface ReplaceOptions {
  cues: readonly Cue[];
  search: Search;
  /**
   * What comes in the place of a match. With a regular expression $1 to $99 and $<name> are what
   * its groups hold, $& the match, $$ a "$", \n a line break.
   */
  template: string;
  /** Which matches: by cue and number in it, from 0. Absent: all. */
  choose?: (cueId: string, match: number) => boolean;
  /** How speakers are called, and who is called so; a name that nobody has stands for itself. */
  names?: SpeakerNames & { speakerOf: (name: string) => string | undefined };
}

/**
 * Replaces what is found, as one edit that is undone as one. Text keeps its markup: what comes in
 * looks like what it replaces. A line break inside a match of a plain query stays where it was, if
 * the replacement has as many words.
 */
export function replaceMatches({
  cues,
  search,
  template,
  choose = () => true,
  names,
}: ReplaceOptions): Replaced | { ok: false; problem: SearchProblem } {
  const finder = compileSearch(search);
  if (typeof finder === "string") return { ok: false, problem: finder };
  const parts: Template = search.regex ? parseTemplate(template, finder.groups) : [template];
  const result: Replaced = {
    ...{ ok: true, operation: undefined, changes: [], count: 0, tooLong: [], more: false },
  };
  const operations: SimpleOperation[] = [];
  for (const cue of cues) {
    const text = searchedText(cue, search, names);
    if (text === undefined) continue;
    const matches = finder.find(text).filter((_, i) => choose(cue.id, i));
    if (matches.length === 0) continue;
    const edits = matches.map((match) => editOf(text, match, parts, search.regex));
    const change = changeOf(cue, text, edits, search);
    if (change.after === change.before) continue;
    if (change.after.length > maxCueText) result.tooLong.push(cue.id);
    else if (operations.length === maxBatch) result.more = true;
    else {
      operations.push(operationOf(cue, change, search, names));
      result.changes.push(change);
      result.count += matches.length;
    }
  }
  const [only] = operations;
  if (only) result.operation = operations.length === 1 ? only : { kind: "batch", operations };
  return result;
}

function editOf(text: string, match: Match, template: Template, regex: boolean): PlainEdit {
  const { from, to } = match;
  const found = text.slice(from, to);
  const insert = fillTemplate(template, found, match.groups);
  return { from, to, insert: regex ? insert : withLineBreaks(found, insert) };
}

/** The replacement with its spaces as they stood in what it replaces. */
function withLineBreaks(found: string, insert: string): string {
  const spaces = found.match(/\s+/g) ?? [];
  if (!found.includes("\n") || (insert.match(/\s+/g) ?? []).length !== spaces.length) return insert;
  let i = 0;
  return insert.replace(/\s+/g, (space) => spaces[i++] ?? space);
}

function changeOf(
  cue: Cue,
  text: string,
  edits: readonly PlainEdit[],
  search: Search,
): Replacement {
  let shift = 0;
  const inserted = edits.map(({ from, to, insert }) => {
    const start = from + shift;
    shift += insert.length - (to - from);
    return { from: start, to: start + insert.length };
  });
  const inText = search.in === "text";
  return {
    cueId: cue.id,
    before: inText ? cue.text : text,
    after: inText ? editMarkup(cue.text, edits) : editPlain(text, edits).trim(),
    removed: edits.map(({ from, to }) => ({ from, to })),
    inserted,
  };
}

function editPlain(text: string, edits: readonly PlainEdit[]): string {
  return edits.reduceRight(
    (now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to),
    text,
  );
}

function operationOf(
  cue: Cue,
  { after }: Replacement,
  search: Search,
  names: ReplaceOptions["names"],
): SimpleOperation {
  if (search.in === "text") return { kind: "setText", cueId: cue.id, text: after };
  const speaker = after === "" ? null : (names?.speakerOf(after) ?? after);
  return { kind: "setSpeaker", cueId: cue.id, speaker };
}
