import { decodeXml } from "@/lib/subtitles/formats/character-references";
import { settingsFromNumpad } from "@/lib/subtitles/formats/numpad";
import { ProblemLog } from "@/lib/subtitles/formats/problem-log";
import { TagScanner } from "@/lib/subtitles/formats/tag-scanner";
import { readableText } from "@/lib/subtitles/formats/text-form";
import { numpadFromRegion, type RegionStyle, readStyle } from "@/lib/subtitles/formats/ttml-styles";
import { TtmlText } from "@/lib/subtitles/formats/ttml-text";
import { type TimeBase, timeBaseOf, ttmlTime } from "@/lib/subtitles/formats/ttml-times";
import type { MakeCueId, ReadResult } from "@/lib/subtitles/formats/types";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";

/** How long a text shows of which nothing says when it ends, in ms. */
const openEndMs = 5_000;
/** Deeper than any document nests; what lies below is read as if it stood here. */
const maxDepth = 200;

type Attributes = ReadonlyMap<string, string>;

/** An element that is open, with what it hands down. */
interface Level {
  name: string;
  startMs: number;
  /** Infinite: nothing says. */
  endMs: number;
  /** It says itself when it is. */
  timed: boolean;
  preserve: boolean;
  language: string | undefined;
  region: string | undefined;
  agent: string | undefined;
  /** From its styles, its own attributes and what is around it. */
  style: RegionStyle;
  /** Whose text this is, if it lies in a paragraph. */
  draft: Draft | undefined;
}

/** A cue in the making. */
interface Draft {
  offset: number;
  startMs: number;
  endMs: number;
  timed: boolean;
  /** Spans of it have times of their own. */
  hasTimedParts: boolean;
  level: Level;
  text: TtmlText;
}

/** Names without their prefixes: files declare the namespaces as they like. */
const local = (name: string) => name.slice(name.indexOf(":") + 1);

function localAttributes(written: Attributes): Attributes {
  if (written.size === 0) return written;
  const attributes = new Map<string, string>();
  for (const [key, value] of written) {
    if (!key.startsWith("xmlns")) attributes.set(local(key), decodeXml(value));
  }
  return attributes;
}

class TtmlReader {
  readonly drafts: Draft[] = [];
  readonly log: ProblemLog;
  readonly agents = new Map<string, string>();
  language: string | undefined;
  title = "";
  readonly #scanner: TagScanner;
  readonly #styles = new Map<string, RegionStyle>();
  readonly #regions = new Map<string, RegionStyle>();
  #base: TimeBase = timeBaseOf(new Map());
  readonly #levels: Level[] = [];
  #skipped = 0;
  #agent: string | undefined;
  #seenRoot = false;

  constructor(text: string) {
    this.#scanner = new TagScanner(text, { quotes: true });
    this.log = new ProblemLog(text);
  }

  read(): void {
    const scanner = this.#scanner;
    while (scanner.next()) {
      if (scanner.kind === "open") this.#open();
      else if (scanner.kind === "close") this.#close(local(scanner.name));
      else this.#text(scanner.kind === "cdata" ? scanner.content() : decodeXml(scanner.content()));
    }
    if (!this.#seenRoot) this.log.add(0, "signature_missing");
    else if (this.#levels.length > 0) this.log.add(scanner.to, "malformed_file");
  }

  regionOf(draft: Draft): RegionStyle {
    const { region, style } = draft.level;
    return { ...(region === undefined ? {} : this.#regions.get(region)), ...style };
  }

  #open(): void {
    const name = local(this.#scanner.name);
    const attributes = localAttributes(this.#scanner.attributes());
    if (name === "tt") this.#root(attributes);
    const parent = this.#levels.at(-1);
    if (name === "br") parent?.draft?.text.lineEnd();
    if (this.#levels.length >= maxDepth) {
      if (!this.#scanner.empty) this.#skipped++;
      return;
    }
    const level = this.#level(name, attributes, parent);
    if (name === "region" || name === "style") this.#declare(name, attributes, parent);
    if (name === "agent") this.#agent = attributes.get("id");
    if (name === "p" || (name === "span" && this.#isTimed(attributes)))
      this.#begin(level, attributes);
    else if (name === "span") level.draft?.text.style(level.style, parent?.style ?? {});
    if (!this.#scanner.empty) this.#levels.push(level);
    else if (name === "span") this.#leave(level, parent);
  }

  #root(attributes: Attributes): void {
    this.#seenRoot = true;
    this.#base = timeBaseOf(attributes);
    const language = attributes.get("lang");
    if (language) this.language = language;
  }

  #isTimed(attributes: Attributes): boolean {
    return attributes.has("begin") || attributes.has("end") || attributes.has("dur");
  }

  #level(name: string, attributes: Attributes, parent: Level | undefined): Level {
    const { startMs, endMs } = this.#times(attributes, parent);
    const space = attributes.get("space");
    const inherits = name !== "region" && name !== "style";
    return {
      ...{ name, startMs, endMs, draft: parent?.draft, timed: this.#isTimed(attributes) },
      preserve: space === undefined ? (parent?.preserve ?? false) : space === "preserve",
      language: attributes.get("lang") || parent?.language,
      region: attributes.get("region") ?? parent?.region,
      agent: attributes.get("agent") ?? parent?.agent,
      style:
        attributes.size === 0 && inherits
          ? (parent?.style ?? {})
          : { ...(inherits && parent?.style), ...this.#styleOf(attributes) },
    };
  }

  /** Times are counted from where the parent begins, and end with it. */
  #times(attributes: Attributes, parent: Level | undefined): { startMs: number; endMs: number } {
    const from = parent?.startMs ?? 0;
    const until = parent?.endMs ?? Number.POSITIVE_INFINITY;
    if (attributes.size === 0) return { startMs: from, endMs: until };
    const begin = this.#time(attributes.get("begin"));
    const end = this.#time(attributes.get("end"));
    const length = this.#time(attributes.get("dur"));
    const startMs = from + (begin ?? 0);
    const ownEnd = end === undefined ? until : from + end;
    return {
      startMs,
      endMs: Math.min(until, ownEnd, length === undefined ? until : startMs + length),
    };
  }

  #time(value: string | undefined): number | undefined {
    if (value === undefined) return undefined;
    const ms = ttmlTime(value, this.#base);
    if (ms === undefined) this.log.add(this.#scanner.from, "bad_timing", value);
    return ms;
  }

  /** Named styles in their order, then the element's own attributes. */
  #styleOf(attributes: Attributes): RegionStyle {
    const names = attributes.get("style");
    if (names === undefined) return readStyle(attributes);
    const style: RegionStyle = {};
    for (const id of names.split(/\s+/)) Object.assign(style, this.#styles.get(id));
    return Object.assign(style, readStyle(attributes));
  }

  #declare(name: string, attributes: Attributes, parent: Level | undefined): void {
    const id = attributes.get("id");
    const style = this.#styleOf(attributes);
    if (name === "region" && id !== undefined) this.#regions.set(id, style);
    else if (name === "style" && parent?.name === "region") this.#inRegion(style);
    else if (id !== undefined) this.#styles.set(id, style);
  }

  /** A style inside of a region is the region's. */
  #inRegion(style: RegionStyle): void {
    const last = [...this.#regions.keys()].at(-1);
    const region = last === undefined ? undefined : this.#regions.get(last);
    if (region) Object.assign(region, style);
  }

  #begin(level: Level, attributes: Attributes): void {
    if (level.draft) level.draft.hasTimedParts = true;
    const draft: Draft = {
      ...{ offset: this.#scanner.from, startMs: level.startMs, endMs: level.endMs, level },
      timed: this.#isTimed(attributes) || this.#levels.some((one) => one.timed),
      hasTimedParts: false,
      text: new TtmlText(),
    };
    level.draft = draft;
    // What holds for the whole body is the file's look; emphasis is what differs from it.
    const body = this.#levels.findLast((one) => one.name === "div" || one.name === "body");
    draft.text.style(level.style, body?.style ?? {});
    this.drafts.push(draft);
  }

  #text(text: string): void {
    const level = this.#levels.at(-1);
    if (level?.draft && (level.name === "p" || level.name === "span"))
      level.draft.text.literal(text, level.preserve);
    else if (level?.name === "title") this.title += text;
    else if (level?.name === "name" && this.#agent !== undefined) this.#named(text.trim());
  }

  #named(name: string): void {
    if (this.#agent !== undefined && name !== "" && !this.agents.has(this.#agent)) {
      this.agents.set(this.#agent, name);
    }
  }

  /** An end tag closes the innermost element of its name; one without any counts for nothing. */
  #close(name: string): void {
    if (this.#skipped > 0) {
      this.#skipped--;
      return;
    }
    const at = this.#levels.findLastIndex((level) => level.name === name);
    if (at === -1) {
      this.log.add(this.#scanner.from, "malformed_file", `</${name}>`);
      return;
    }
    if (at !== this.#levels.length - 1) this.log.add(this.#scanner.from, "malformed_file");
    while (this.#levels.length > at) {
      const level = this.#levels.pop();
      if (level) this.#leave(level, this.#levels.at(-1));
    }
  }

  #leave(level: Level, parent: Level | undefined): void {
    if (level.name === "agent") this.#agent = undefined;
    if (level.name === "span" && level.draft === parent?.draft) {
      level.draft?.text.style(parent?.style ?? {}, level.style);
    }
  }
}

function cueOf(draft: Draft, reader: TtmlReader): Cue {
  const { startMs, endMs, level } = draft;
  const cue: Cue = { id: "", startMs, endMs, text: draft.text.finish() };
  if (endMs === Number.POSITIVE_INFINITY) cue.endMs = startMs + openEndMs;
  const speaker =
    level.agent === undefined ? undefined : reader.agents.get(level.agent.split(/\s+/)[0] ?? "");
  if (speaker !== undefined) cue.speaker = speaker;
  if (level.language !== undefined && level.language !== reader.language)
    cue.language = level.language;
  const settings = settingsFromNumpad(numpadFromRegion(reader.regionOf(draft)));
  if (settings !== undefined) cue.settings = settings;
  return cue;
}

/**
 * TTML 1 and 2, IMSC, DFXP: paragraphs and timed spans with their times, line ends, bold, italics,
 * underlines, regions and agents. Nothing that a document declares is resolved or fetched.
 */
export function readTtml(input: string, makeId: MakeCueId): ReadResult {
  const reader = new TtmlReader(readableText(input));
  reader.read();
  const cues: Cue[] = [];
  for (const draft of reader.drafts) {
    const cue = cueOf(draft, reader);
    const isEmpty = cue.text.trim() === "";
    if (draft.hasTimedParts && isEmpty) continue;
    // Without any times it is never shown.
    if (!draft.timed) {
      if (!isEmpty) reader.log.add(draft.offset, "bad_timing", cue.text);
      continue;
    }
    if (draft.endMs === Number.POSITIVE_INFINITY) reader.log.add(draft.offset, "end_missing");
    else if (draft.endMs < draft.startMs) reader.log.add(draft.offset, "end_before_start");
    cue.id = makeId(cues.length);
    cues.push(cue);
  }
  const document: SubtitleDocument = { cues };
  if (reader.language !== undefined) document.language = reader.language;
  const title = reader.title.trim();
  if (title !== "") document.title = title;
  return { document, problems: reader.log.problems };
}
