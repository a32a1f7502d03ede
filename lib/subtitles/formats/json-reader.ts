import { cueOf, headerOf, lookOf } from "@/lib/subtitles/formats/json-cue";
import { isObject, type JsonObject, listOf, textOf } from "@/lib/subtitles/formats/json-shape";
import { jsonFormat, jsonVersion } from "@/lib/subtitles/formats/json-writer";
import { ProblemLog } from "@/lib/subtitles/formats/problem-log";
import type { MakeCueId, ReadResult } from "@/lib/subtitles/formats/types";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";

const nothing = (log: ProblemLog): ReadResult => ({
  document: { cues: [] },
  problems: log.problems,
});

/** Where the parser stopped, as engines say it in their messages. */
function stoppedAt(error: unknown, length: number): number {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  return position === undefined ? 0 : Math.min(Number(position), length);
}

/** The offsets at which the file's cues begin, where it has a line a cue as we write it. */
function cueOffsets(text: string): number[] {
  const from = text.indexOf('"cues"');
  return from === -1
    ? []
    : Array.from(text.slice(from).matchAll(/\n[ \t]*\{/g), (m) => from + m.index + 1);
}

/** Where the cues of the list begin in the text; looked for only when there is something to say. */
function placeFinder(text: string): (index: number) => number {
  let offsets: number[] | undefined;
  return (index) => {
    offsets ??= cueOffsets(text);
    return offsets[index] ?? 0;
  };
}

function readCues(
  list: readonly unknown[],
  text: string,
  makeId: MakeCueId,
  log: ProblemLog,
): Cue[] {
  const cues: Cue[] = [];
  const taken = new Set<string>();
  const placeOf = placeFinder(text);
  for (const [i, value] of list.entries()) {
    const cue = cueOf(value);
    if (cue === undefined) {
      log.add(placeOf(i), "malformed_line", JSON.stringify(value)?.slice(0, 80));
      continue;
    }
    // The file's ids are what ties a cue to its translation and to its history.
    if (cue.id === "" || cue.id.length > 64 || taken.has(cue.id)) cue.id = makeId(cues.length);
    taken.add(cue.id);
    if (cue.endMs < cue.startMs) log.add(placeOf(i), "end_before_start");
    cues.push(cue);
  }
  return cues;
}

function documentOf(root: JsonObject, cues: Cue[]): SubtitleDocument {
  const language = textOf(root.language);
  const title = textOf(root.title);
  const style = lookOf(root.style);
  const headers = listOf(root.headers, headerOf);
  return {
    ...(language !== undefined && { language }),
    ...(title !== undefined && { title }),
    cues,
    ...(headers !== undefined && { headers }),
    ...(style !== undefined && { style }),
  };
}

/** Our own JSON. What isn't as docs/subtitle-json.md has it is left out and reported. */
export function readJson(input: string, makeId: MakeCueId): ReadResult {
  const text = input.charCodeAt(0) === 0xfeff ? input.slice(1) : input;
  const log = new ProblemLog(text);
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    log.add(stoppedAt(error, text.length), "malformed_file");
    return nothing(log);
  }
  if (!isObject(root) || root.format !== jsonFormat || !Array.isArray(root.cues)) {
    log.add(0, "signature_missing");
    return nothing(log);
  }
  // A newer file may say more than is known here; what is known is read.
  if (root.version !== jsonVersion) log.add(0, "setting_ignored", `version ${root.version}`);
  const cues = readCues(root.cues, text, makeId, log);
  return { document: documentOf(root, cues), problems: log.problems };
}
