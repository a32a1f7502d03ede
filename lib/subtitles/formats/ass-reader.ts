import { styleAlignments } from "@/lib/subtitles/formats/ass-styles";
import { AssTextReader } from "@/lib/subtitles/formats/ass-text";
import { settingsFromNumpad } from "@/lib/subtitles/formats/numpad";
import { ProblemLog } from "@/lib/subtitles/formats/problem-log";
import { readableText } from "@/lib/subtitles/formats/text-form";
import type { MakeCueId, ReadResult } from "@/lib/subtitles/formats/types";
import type { Cue, HeaderBlock, SubtitleDocument } from "@/lib/subtitles/model";

const defaultEventFormat =
  "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

/** Where the fields of an event are found, from the Format line of its section. */
interface EventColumns {
  count: number;
  start: number;
  end: number;
  style: number;
  name: number;
}

function eventColumns(format: string): EventColumns | undefined {
  const names = format.split(",").map((name) => name.trim().toLowerCase());
  const columns = {
    count: names.length,
    start: names.indexOf("start"),
    end: names.indexOf("end"),
    style: names.indexOf("style"),
    name: Math.max(names.indexOf("name"), names.indexOf("actor")),
  };
  const usable = columns.start >= 0 && columns.end >= 0 && names.at(-1) === "text";
  return usable ? columns : undefined;
}

/** `H:MM:SS.cc` in ms, or -1. The fraction may have any number of digits, or be missing. */
function assTime(text: string, from: number, to: number): number {
  let seconds = 0;
  let value = 0;
  let digits = 0;
  let groups = 1;
  let unit = 0;
  let fraction = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      if (unit === 0) value = value * 10 + code - 48;
      else {
        fraction += (code - 48) * Math.floor(unit);
        unit = Math.max(unit / 10, 0.1);
      }
      digits++;
    } else if (code === 58 && digits > 0 && groups < 3 && unit === 0) {
      seconds = (seconds + value) * 60;
      value = 0;
      groups++;
    } else if ((code === 46 || code === 44) && digits > 0 && unit === 0) {
      unit = 100;
    } else if (code !== 32) {
      return -1;
    }
  }
  if (groups !== 3 || digits < 3 || digits > 20) return -1;
  const ms = (seconds + value) * 1000 + fraction;
  return ms <= Number.MAX_SAFE_INTEGER ? ms : -1;
}

class AssReader {
  readonly cues: Cue[] = [];
  readonly headers: HeaderBlock[] = [];
  readonly log: ProblemLog;
  title: string | undefined;
  readonly #text: string;
  readonly #makeId: MakeCueId;
  #styles = new Map<string, number>();
  #eventText = new AssTextReader(false);
  #columns = eventColumns(defaultEventFormat);
  /** The commas of the event that is looked at: where its fields end. */
  readonly #fieldEnds: number[] = [];
  /** The alignment that the event's text sets itself. */
  #alignment: number | undefined;

  constructor(text: string, makeId: MakeCueId) {
    this.#text = text;
    this.#makeId = makeId;
    this.log = new ProblemLog(text);
  }

  read(): void {
    const text = this.#text;
    let position = 0;
    let section = "";
    while (position < text.length) {
      const end = this.#lineEnd(position);
      if (text.charCodeAt(position) === 91) {
        section = /^\[(.*)\]\s*$/.exec(text.slice(position, end))?.[1] ?? section;
        position = Math.min(end + 1, text.length);
      }
      position = /^events$/i.test(section)
        ? this.#events(position)
        : this.#otherSection(section, position);
    }
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf("\n", from);
    return end === -1 ? this.#text.length : end;
  }

  /** The offset of the next line that begins a section, or the end. */
  #sectionEnd(from: number): number {
    if (this.#text.charCodeAt(from) === 91) return from;
    const next = this.#text.indexOf("\n[", from);
    return next === -1 ? this.#text.length : next + 1;
  }

  #otherSection(name: string, from: number): number {
    const end = this.#sectionEnd(from);
    const text = this.#text.slice(from, end).trimEnd();
    if (name === "") {
      if (text.trim() !== "") this.log.add(from, "text_outside_cue", text);
      return Math.max(end, from + 1);
    }
    const kind = /^script info$/i.test(name)
      ? "info"
      : /^v4\+? styles\+?$/i.test(name)
        ? "styles"
        : "section";
    if (kind === "info") this.#info(text);
    if (kind === "styles") this.#styles = styleAlignments(text, name);
    this.headers.push({ format: "ass", kind, name, text });
    return end;
  }

  #info(text: string): void {
    this.title = /^Title:[ \t]*(\S.*)$/im.exec(text)?.[1]?.trim();
    this.#eventText = new AssTextReader(/^WrapStyle:\s*2\s*$/im.test(text));
  }

  #events(from: number): number {
    const text = this.#text;
    let position = from;
    while (position < text.length && text.charCodeAt(position) !== 91) {
      const end = this.#lineEnd(position);
      if (text.startsWith("Dialogue:", position)) {
        this.#dialogue(position, position + 9, end);
      } else if (text.startsWith("Format:", position)) {
        const columns = eventColumns(text.slice(position + 7, end));
        if (columns) this.#columns = columns;
        else this.log.add(position, "malformed_line", text.slice(position, end));
      } else if (text.startsWith("Comment:", position)) {
        this.log.add(position, "note_dropped", text.slice(position, end));
      } else if (end > position && text.charCodeAt(position) !== 59) {
        const line = text.slice(position, end);
        if (line.trim() !== "") this.log.add(position, "malformed_line", line);
      }
      position = end + 1;
    }
    return Math.min(position, text.length);
  }

  #dialogue(lineStart: number, from: number, end: number): void {
    const text = this.#text;
    const columns = this.#columns;
    const ends = this.#fieldEnds;
    ends.length = 0;
    let textFrom = from;
    for (let field = 1; columns && field < columns.count; field++) {
      const comma = text.indexOf(",", textFrom);
      if (comma === -1 || comma >= end) break;
      ends.push(comma);
      textFrom = comma + 1;
    }
    if (!columns || ends.length < columns.count - 1) {
      this.log.add(lineStart, "malformed_line", text.slice(lineStart, end));
      return;
    }
    const startMs = assTime(text, this.#fieldStart(columns.start, from), ends[columns.start] ?? 0);
    const endMs = assTime(text, this.#fieldStart(columns.end, from), ends[columns.end] ?? 0);
    if (startMs < 0 || endMs < 0) {
      this.log.add(lineStart, "bad_timing", text.slice(lineStart, end));
      return;
    }
    if (endMs < startMs) this.log.add(lineStart, "end_before_start");
    const cue: Cue = { id: this.#makeId(this.cues.length), startMs, endMs, text: "" };
    this.#cueText(cue, lineStart, text.slice(textFrom, end));
    this.#cueFields(cue, columns, from, lineStart);
    this.cues.push(cue);
  }

  #fieldStart(column: number, from: number): number {
    return column === 0 ? from : (this.#fieldEnds[column - 1] ?? from) + 1;
  }

  #field(column: number, from: number): string {
    if (column < 0) return "";
    return this.#text.slice(this.#fieldStart(column, from), this.#fieldEnds[column]).trim();
  }

  #cueText(cue: Cue, lineStart: number, raw: string): void {
    this.#alignment = undefined;
    if (!/[\\{<]/.test(raw)) {
      cue.text = raw;
      return;
    }
    const read = this.#eventText.read(raw);
    cue.text = read.text;
    this.#alignment = read.alignment;
    if (read.droppedOverride !== undefined) {
      this.log.add(lineStart, "override_dropped", read.droppedOverride);
    }
    if (read.hadDrawing) this.log.add(lineStart, "drawing_dropped");
  }

  #cueFields(cue: Cue, columns: EventColumns, from: number, lineStart: number): void {
    const speaker = this.#field(columns.name, from);
    if (speaker !== "") cue.speaker = speaker;
    const style = this.#field(columns.style, from).replace(/^\*/, "");
    const alignment = this.#styles.get(style === "" ? "Default" : style);
    if (style !== "" && style !== "Default") {
      if (alignment !== undefined) cue.style = style;
      else this.log.add(lineStart, "style_unknown", style);
    }
    const settings = settingsFromNumpad(this.#alignment ?? alignment ?? 2);
    if (settings !== undefined) cue.settings = settings;
  }
}

/** Reads ASS (v4+) and SSA (v4): text, times, b/i/u, alignment, speakers, names of styles. */
export function readAss(input: string, makeId: MakeCueId): ReadResult {
  const reader = new AssReader(readableText(input), makeId);
  reader.read();
  const { cues, headers, log, title } = reader;
  const document: SubtitleDocument = { cues };
  if (headers.length > 0) document.headers = headers;
  if (title !== undefined) document.title = title;
  return { document, problems: log.problems };
}
