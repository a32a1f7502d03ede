import { decodeHtml } from "@/lib/subtitles/formats/character-references";
import { ProblemLog } from "@/lib/subtitles/formats/problem-log";
import { languageOfClass } from "@/lib/subtitles/formats/smi-languages";
import { TagScanner } from "@/lib/subtitles/formats/tag-scanner";
import { readableText } from "@/lib/subtitles/formats/text-form";
import type {
  FileLanguage,
  MakeCueId,
  ReadOptions,
  ReadResult,
} from "@/lib/subtitles/formats/types";
import { MarkupBuilder, plainText } from "@/lib/subtitles/markup";
import { type Cue, primaryLanguage, type SubtitleDocument } from "@/lib/subtitles/model";

/** How long the last text shows when nothing says when it ends, in ms. */
const openEndMs = 5_000;

/** One paragraph: what a class shows from a time on. */
interface Paragraph {
  ms: number;
  /** Where its SYNC stands in the file. */
  offset: number;
  text: string;
}

/** In place of &nbsp;, which in SMI files is a space that stays; no other NUL is left in a text. */
const keptSpace = "\0";
/** What ends a subtitle, as most files have it. */
const blank = "&nbsp;\n";

/** Text as HTML has it: any whitespace is one space, and none at the ends of lines. */
class HtmlText {
  readonly #builder = new MarkupBuilder();
  #space = false;
  #lineBegins = true;

  literal(raw: string): void {
    if (raw === blank) {
      this.#put(keptSpace);
      return;
    }
    if (!/[&\t\n\f]|^ | {2}| $/.test(raw)) {
      this.#put(raw);
      return;
    }
    const collapsed = raw.replace(/[ \t\n\f]+/g, " ").replace(/&nbsp;?/gi, keptSpace);
    for (const part of decodeHtml(collapsed).split(/( )/)) {
      if (part === "") continue;
      if (part === " ") {
        this.#space = !this.#lineBegins;
        continue;
      }
      this.#put(part);
    }
  }

  #put(text: string): void {
    this.#builder.literal(this.#space ? ` ${text}` : text);
    this.#space = false;
    this.#lineBegins = false;
  }

  lineEnd(): void {
    this.#builder.literal("\n");
    this.#space = false;
    this.#lineBegins = true;
  }

  tag(name: "b" | "i" | "u", closing: boolean): void {
    if (this.#space) this.#builder.literal(" ");
    this.#space = false;
    if (closing) this.#builder.close(name);
    else this.#builder.open(name);
  }

  finish(): string {
    return this.#builder.finish().replaceAll(keptSpace, " ").replace(/\n+$/, "");
  }
}

/** Attributes in any case, with any quotes or none. */
const startPattern = /\sstart\s*=\s*["']?\s*(\d{1,12})/i;
const classPattern = /\sclass\s*=\s*["']?\s*([^\s"'>]+)/i;

const silentTags = new Set(["font", "span", "sami", "head", "title", "style", "body", "p", "sync"]);

class SmiReader {
  readonly log: ProblemLog;
  readonly classes = new Map<string, Paragraph[]>();
  /** What the style sheet says of a class, by its name in lower case. */
  readonly styles = new Map<string, string>();
  title = "";
  readonly #scanner: TagScanner;
  readonly #source: string;
  #ms = -1;
  #syncAt = 0;
  #className = "";
  /** Paragraphs of a file begin alike. */
  #lastTag = "";
  #lastClass = "";
  #text: HtmlText | undefined;

  constructor(source: string) {
    this.#source = source;
    this.#scanner = new TagScanner(source, { quotes: false });
    this.log = new ProblemLog(source);
  }

  read(): void {
    this.#styleSheet();
    let inTitle = false;
    while (this.#scanner.next()) {
      const { kind } = this.#scanner;
      if (kind === "text" || kind === "cdata") {
        if (inTitle) this.title += decodeHtml(this.#scanner.content());
        else this.#literal();
        continue;
      }
      const name = this.#scanner.name.toLowerCase();
      if (name === "title") {
        inTitle = kind === "open";
      } else if (kind === "open") {
        this.#open(name);
      } else {
        this.#close(name);
      }
    }
    this.#finish();
  }

  /** `.KRCC { Name: Korean; lang: ko-KR; }`, inside of a comment, which the scanner skips. */
  #styleSheet(): void {
    const head = this.#source.slice(0, 20_000);
    for (const [, name = "", body = ""] of head.matchAll(/\.([\w-]{1,40})\s{0,20}\{([^{}]*)\}/g)) {
      const lang = /lang\s{0,9}:\s{0,9}([\w-]{2,35})/i.exec(body)?.[1];
      if (lang !== undefined && lang !== "und") this.styles.set(name.toLowerCase(), lang);
    }
  }

  #literal(): void {
    const raw = this.#scanner.content();
    if (this.#ms >= 0 && (this.#text !== undefined || raw.trim() !== "")) {
      this.#text ??= new HtmlText();
      this.#text.literal(raw);
    }
  }

  #open(name: string): void {
    if (name === "sync") this.#sync();
    else if (name === "p") this.#paragraph();
    else if (name === "br") this.#text?.lineEnd();
    else if (name === "b" || name === "i" || name === "u") this.#text?.tag(name, false);
    else if (!silentTags.has(name)) this.log.add(this.#scanner.from, "tag_dropped", `<${name}>`);
  }

  #close(name: string): void {
    if (name === "b" || name === "i" || name === "u") this.#text?.tag(name, true);
    if (name === "p" || name === "sync" || name === "body") this.#finish();
  }

  /** The tag that is looked at, as it stands in the file; none of SMI's is longer. */
  #tag(): string {
    return this.#source.slice(
      this.#scanner.from,
      Math.min(this.#scanner.to, this.#scanner.from + 500),
    );
  }

  #sync(): void {
    this.#finish();
    const start = startPattern.exec(this.#tag())?.[1];
    if (start === undefined) {
      this.log.add(this.#scanner.from, "bad_timing", this.#tag());
      this.#ms = -1;
      return;
    }
    this.#ms = Number(start);
    this.#syncAt = this.#scanner.from;
    this.#className = "";
  }

  #paragraph(): void {
    this.#finish();
    if (this.#ms < 0) return;
    const tag = this.#tag();
    if (tag !== this.#lastTag) {
      this.#lastTag = tag;
      this.#lastClass = classPattern.exec(tag)?.[1]?.toUpperCase() ?? "";
    }
    this.#className = this.#lastClass;
    this.#text = new HtmlText();
  }

  #finish(): void {
    if (this.#text === undefined) return;
    const key = this.#className;
    const paragraphs = this.classes.get(key) ?? [];
    this.classes.set(key, paragraphs);
    paragraphs.push({ ms: this.#ms, offset: this.#syncAt, text: this.#text.finish() });
    this.#text = undefined;
  }
}

const isBlank = (text: string) => plainText(text).trim() === "";

/** A text shows until the next of its class, which may be blank. */
function cuesOf(paragraphs: readonly Paragraph[], makeId: MakeCueId, log: ProblemLog): Cue[] {
  const sorted = paragraphs.toSorted((a, b) => a.ms - b.ms);
  const cues: Cue[] = [];
  for (const [i, { ms, offset, text }] of sorted.entries()) {
    if (isBlank(text)) continue;
    const next = sorted[i + 1];
    // Two texts of one moment: players show the last, editors would lose the first.
    const end = next?.ms === ms ? sorted.slice(i + 1).find((later) => later.ms > ms) : next;
    if (end === undefined) log.add(offset, "end_missing");
    cues.push({ id: makeId(cues.length), startMs: ms, endMs: end?.ms ?? ms + openEndMs, text });
  }
  return cues;
}

function languagesOf(reader: SmiReader): FileLanguage[] {
  return [...reader.classes]
    .map(([key, paragraphs]) => ({
      key,
      language: reader.styles.get(key.toLowerCase()) ?? languageOfClass(key),
      cues: paragraphs.filter(({ text }) => !isBlank(text)).length,
    }))
    .filter(({ cues }) => cues > 0);
}

function chosen(languages: readonly FileLanguage[], wanted: string | undefined) {
  if (wanted === undefined) return languages[0];
  const same = (language: string | null) =>
    language !== null && primaryLanguage(language) === primaryLanguage(wanted);
  return (
    languages.find(({ key }) => key === wanted.toUpperCase()) ??
    languages.find(({ language }) => language?.toLowerCase() === wanted.toLowerCase()) ??
    languages.find(({ language }) => same(language)) ??
    languages[0]
  );
}

/**
 * SAMI as it is met: end tags missing, attributes unquoted, several languages in one file. Read is
 * the one that is asked for, else the first.
 */
export function readSmi(input: string, makeId: MakeCueId, options: ReadOptions): ReadResult {
  const reader = new SmiReader(readableText(input));
  reader.read();
  const languages = languagesOf(reader);
  const language = chosen(languages, options.language);
  const paragraphs = language ? (reader.classes.get(language.key) ?? []) : [];
  const document: SubtitleDocument = { cues: cuesOf(paragraphs, makeId, reader.log) };
  if (language?.language) document.language = language.language;
  const title = reader.title.trim();
  if (title !== "") document.title = title;
  for (const other of languages) {
    if (other !== language) reader.log.addToFile("other_language", other.language ?? other.key);
  }
  return {
    document,
    problems: reader.log.problems,
    ...(languages.length > 1 && { languages }),
  };
}
