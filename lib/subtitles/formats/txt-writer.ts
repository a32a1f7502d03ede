import { FileBuilder } from "@/lib/subtitles/formats/file-builder";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { cuesByStart, oneLine, plainLinesOf, reportPlain } from "@/lib/subtitles/formats/text-form";
import { readsAsTime } from "@/lib/subtitles/formats/txt-reader";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import { type Cue, type SubtitleDocument, writesSpaces } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

const point = 46;

/** A pause that begins a paragraph, in ms: longer than between sentences of one thought. */
const pauseMs = 2_000;
/** A paragraph ends after this many letters even when nobody pauses. */
const longParagraph = 600;

/** What stands together in the file: a cue, or cues of one speaker without a pause. */
interface Passage {
  startMs: number;
  endMs: number;
  speaker: string;
  text: string;
}

/** Whether lines are joined without a space: languages that write none between words. */
function join(lines: readonly string[], spaces: boolean): string {
  return lines.map((line) => line.trim()).join(spaces ? " " : "");
}

/** Lines that are said by several people stay lines. */
function isDialogue(lines: readonly string[]): boolean {
  return lines.length > 1 && lines.every((line) => /^\s*[-\u2010-\u2015]/.test(line));
}

class PassageMaker {
  readonly passages: Passage[] = [];
  readonly #losses: LossLog;
  readonly #options: WriteOptions;
  readonly #spaces: boolean;

  constructor(document: SubtitleDocument, options: WriteOptions, losses: LossLog) {
    this.#losses = losses;
    this.#options = options;
    this.#spaces = writesSpaces(document.language ?? "");
  }

  add(cue: Cue): void {
    const text = this.#text(cue);
    if (text === "") {
      this.#losses.add("empty_cue_dropped", cue.id);
      return;
    }
    const speaker = this.#speaker(cue);
    const startMs = wholeMs(cue.startMs);
    const endMs = Math.max(wholeMs(cue.endMs), startMs);
    const last = this.passages.at(-1);
    if (this.#options.paragraphs && last && goesOn(last, speaker, startMs)) {
      last.text += (this.#spaces ? " " : "") + text;
      last.endMs = Math.max(last.endMs, endMs);
    } else {
      this.passages.push({ startMs, endMs, speaker, text });
    }
  }

  /** With times a cue keeps its lines; without them a line of the file is a cue. */
  #text(cue: Cue): string {
    const text = plainLinesOf(cue, this.#losses);
    const { times, paragraphs } = this.#options;
    if (!text.includes("\n") || (times && !paragraphs)) return text;
    const lines = text.split("\n");
    if (paragraphs && isDialogue(lines)) return text;
    this.#losses.add("lines_joined", cue.id);
    return join(lines, this.#spaces);
  }

  #speaker(cue: Cue): string {
    if (cue.speaker === undefined) return "";
    if (this.#options.speakers ?? true) return oneLine(cue.speaker);
    this.#losses.add("speaker_dropped", cue.id);
    return "";
  }
}

function goesOn(last: Passage, speaker: string, startMs: number): boolean {
  const pause = startMs - last.endMs >= pauseMs;
  return last.speaker === speaker && !pause && last.text.length < longParagraph;
}

/** Keeps lines below the first from beginning a cue of their own. */
function guarded(text: string): string {
  const [first = "", ...others] = text.split("\n");
  return [first, ...others.map((line) => (readsAsTime(line) ? `\u2060${line}` : line))].join("\n");
}

/**
 * A text to read: a line a cue, or paragraphs with a blank line between. With times every cue
 * begins with `[HH:MM:SS.mmm - HH:MM:SS.mmm]`, which is read back as it was.
 */
export function writeTxt(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  reportPlain(document, losses);
  const maker = new PassageMaker(document, options, losses);
  for (const cue of cuesByStart(document.cues)) {
    maker.add(cue);
    if (!options.times || options.paragraphs) losses.add("times_dropped", cue.id);
  }
  const file = new FileBuilder();
  for (const [i, { startMs, endMs, speaker, text }] of maker.passages.entries()) {
    if (i > 0 && options.paragraphs) file.lineEnd();
    if (options.times) {
      file.text("[");
      file.timestamp(startMs, point);
      file.text(" - ");
      file.timestamp(endMs, point);
      file.text("] ");
    }
    const named = speaker === "" ? text : `${speaker}: ${text}`;
    file.text(options.times ? guarded(named) : named);
    file.lineEnd();
  }
  return { text: file.finish(options), losses: losses.losses };
}
