import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { composed } from "@/lib/subtitles/search/composed";
import { isInsideWord, type Matcher, makeMatcher } from "@/lib/subtitles/search/regex/matcher";
import type { PatternProblem } from "@/lib/subtitles/search/regex/pattern";

/** What is looked for. */
export interface Search {
  query: string;
  /** The query is a regular expression, see `makeMatcher`. */
  regex: boolean;
  matchCase: boolean;
  /** Nothing that a word goes on from; words end at letters, digits and marks of any script. */
  wholeWord: boolean;
  /** In what viewers read, without markup, or in the names of speakers. */
  in: "text" | "speaker";
}

/** How speakers are called. Absent: a cue's `speaker` is a name. */
export interface SpeakerNames {
  nameOf: (speaker: string) => string;
}

export type SearchProblem = "empty" | PatternProblem;

/** A stretch of what a viewer reads (see `plainText`), or of a speaker's name. */
export interface Match {
  from: number;
  to: number;
  /** What the groups of a regular expression hold, from group 1. */
  groups: readonly (string | undefined)[];
}

export interface CueMatches {
  cueId: string;
  matches: Match[];
}

export interface Found {
  ok: true;
  /** Those with a match, in the order of the cues. */
  cues: CueMatches[];
  count: number;
  /** There are more: nobody looks through so many. */
  more: boolean;
}

/** Most matches that are told. */
export const maxMatches = 100_000;

/** Finds in cues, in their order; see `compileSearch`. */
export function findMatches(
  cues: readonly Cue[],
  search: Search,
  names?: SpeakerNames,
): Found | { ok: false; problem: SearchProblem } {
  const finder = compileSearch(search);
  if (typeof finder === "string") return { ok: false, problem: finder };
  const found: CueMatches[] = [];
  let count = 0;
  for (const cue of cues) {
    const text = searchedText(cue, search, names);
    const matches = text === undefined ? [] : finder.find(text);
    if (matches.length === 0) continue;
    if (count + matches.length > maxMatches) return { ok: true, cues: found, count, more: true };
    found.push({ cueId: cue.id, matches });
    count += matches.length;
  }
  return { ok: true, cues: found, count, more: false };
}

/** What a search looks at in a cue; nothing where nobody speaks. */
export function searchedText(
  cue: Cue,
  search: Pick<Search, "in">,
  names?: SpeakerNames,
): string | undefined {
  if (search.in === "text") return plainText(cue.text);
  return cue.speaker === undefined ? undefined : (names?.nameOf(cue.speaker) ?? cue.speaker);
}

export interface Finder {
  /** All matches in a text, which don't overlap. */
  find(text: string): Match[];
  /** Names of the groups, from group 1. */
  groups: readonly string[];
}

/**
 * Makes a search ready for many texts, or says why it can't be. A space in a plain query stands for
 * any run of spaces and line breaks, since lines may break anywhere. Hangul is found in either of
 * its forms (NFC, NFD). Whatever the query, it takes time in proportion to the text.
 */
export function compileSearch(search: Search): Finder | SearchProblem {
  const query = search.query.normalize("NFC");
  if (query === "") return "empty";
  const ignoreCase = !search.matchCase;
  const matcher = search.regex
    ? makeMatcher(query, { ignoreCase })
    : plainMatcher(query, ignoreCase);
  if (typeof matcher === "string") return matcher;
  return { groups: matcher.groups, find: (text) => findAll(matcher, text, search.wholeWord) };
}

function plainMatcher(query: string, ignoreCase: boolean): Matcher {
  const source = query
    .split(/(\s+)/)
    .map((part) => (/^\s+$/.test(part) ? "\\s+" : part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")))
    .join("");
  const expression = new RegExp(source, ignoreCase ? "giu" : "gu");
  return {
    groups: [],
    matchFrom: (text, from) => {
      expression.lastIndex = from;
      const found = expression.exec(text);
      return found ? [found.index, found.index + found[0].length] : undefined;
    },
  };
}

function findAll(matcher: Matcher, given: string, wholeWord: boolean): Match[] {
  const { text, given: offset } = composed(given);
  const matches: Match[] = [];
  let from = 0;
  while (from <= text.length) {
    const captures = matcher.matchFrom(text, from);
    if (!captures) break;
    const [start = 0, end = 0] = captures;
    if (wholeWord && (isInsideWord(text, start) || isInsideWord(text, end))) {
      from = after(text, start);
      continue;
    }
    const groups: (string | undefined)[] = [];
    for (let i = 2; i < captures.length; i += 2) {
      const [low = -1, high = -1] = [captures[i], captures[i + 1]];
      groups.push(low < 0 || high < 0 ? undefined : text.slice(low, high));
    }
    matches.push({ from: offset(start), to: offset(end), groups });
    from = end > start ? end : after(text, end);
  }
  return matches;
}

/** The offset behind the character at `at`. */
function after(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}
