import { writesSpaces } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { type Atoms, atomsOf, runningText } from "@/lib/subtitles/segmentation/atoms";
import { imbalanceCost } from "@/lib/subtitles/segmentation/balance";
import { gapsOf } from "@/lib/subtitles/segmentation/gaps";
import { usableTimes } from "@/lib/subtitles/segmentation/word-times";

/** The price of one more line: more than any break or imbalance, so that the fewest lines win. */
const perLine = 1000;

/** Begins what another speaker says, where two share a cue. */
const speakerDash = /^(?:<[biu]>)*[-\u2010-\u2015\uff0d]\s*\S/;

/** A piece of light markup: one UTF-16 unit of visible text with what stands for it, or a tag. */
interface Piece {
  markup: string;
  /** "" for a tag. */
  plain: string;
}

const pieces = /<\/?[biu]>|<\u2060(?=\u2060*\/?[biu]>)|[\s\S]/g;

/** Any space but those that hold together what they stand between. */
const breakingSpace = /^[^\S\u00a0\u2007\u202f\ufeff]$/;

const outerSpace = /^[^\S\u00a0\u2007\u202f\ufeff]+|[^\S\u00a0\u2007\u202f\ufeff]+$/g;

/** For a character that would count as a space where the text is cut: one as wide that doesn't. */
function standIn(character: string): string {
  if (character === "\ufeff") return "\u200b";
  return /\s/.test(character) ? "_" : character;
}

function takeApart(markup: string): Piece[] {
  const found: Piece[] = [];
  let spaceBefore = true;
  for (const [piece] of markup.matchAll(pieces)) {
    const tag = /^<\/?[biu]>$/.test(piece);
    const space = breakingSpace.test(piece);
    if (space && spaceBefore) continue;
    if (!tag) spaceBefore = space;
    found.push({
      markup: space ? " " : piece,
      plain: tag ? "" : space ? " " : standIn(piece.charAt(0)),
    });
  }
  const lastVisible = found.findLastIndex(({ plain }) => plain !== "");
  return found[lastVisible]?.plain === " " ? found.toSpliced(lastVisible, 1) : found;
}

const unspaced =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}\u3001-\u303f\u30fb\u30fc\uff01-\uff60]";
const unspacedEnd = new RegExp(`${unspaced}(?:</[biu]>)*$`, "u");
const unspacedStart = new RegExp(`^(?:<[biu]>)*${unspaced}`, "u");

/** Joins lines as their language writes them: with a space, or none between its own letters. */
function joinLines(lines: readonly string[], language: string): string {
  const spaces = writesSpaces(language);
  let text = "";
  for (const line of lines) {
    const space = spaces || !(unspacedEnd.test(text) && unspacedStart.test(line));
    text += (text !== "" && space ? " " : "") + line;
  }
  return text;
}

/** Where lines after the first begin, as offsets: the fewest lines, balanced, broken in sense. */
function lineStarts(text: string, language: string, profile: RuleProfile): number[] {
  const words = text
    .split(" ")
    .map((word, i) => ({ text: word, startMs: -1, endMs: -1, spaceBefore: i > 0 }));
  const running = runningText(words, usableTimes(words), language);
  // A piece that was cut would come back as two words.
  const atoms = atomsOf(running, language, { ...profile, maxLineWidth: Number.POSITIVE_INFINITY });
  const { lineCost } = gapsOf(running, atoms, language);
  const { maxLineWidth } = profile;
  const meanWidth = meanOf(atoms, maxLineWidth);
  const { count } = atoms;
  const best = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(count + 1);
  best[0] = 0;
  for (let to = 1; to <= count; to++) {
    let width = 0;
    for (let from = to - 1; from >= 0; from--) {
      width += atoms.width[from] ?? 0;
      if (width > maxLineWidth && from < to - 1) break;
      const imbalance = (Math.abs(width - meanWidth) / maxLineWidth) * 50;
      const cost = (best[from] ?? 0) + perLine + imbalance + (from > 0 ? (lineCost[from] ?? 0) : 0);
      if (cost < (best[to] ?? 0)) {
        best[to] = cost;
        cameFrom[to] = from;
      }
      width += atoms.spaceWidth[from] ?? 0;
    }
  }
  const starts: number[] = [];
  for (let at = cameFrom[count] ?? 0; at > 0; at = cameFrom[at] ?? 0) starts.push(at);
  const lower = starts.length === 1 ? lowerStart(atoms, lineCost, maxLineWidth) : undefined;
  return (lower === undefined ? starts.reverse() : [lower]).map((at) => atoms.from[at] ?? 0);
}

/** Where the second of two lines begins, judged as in recognised speech. */
function lowerStart(
  atoms: Atoms,
  lineCost: Float64Array,
  maxLineWidth: number,
): number | undefined {
  const lineWidth = (from: number, to: number) => {
    let width = -(atoms.spaceWidth[from] ?? 0);
    for (let i = from; i < to; i++) width += (atoms.width[i] ?? 0) + (atoms.spaceWidth[i] ?? 0);
    return width;
  };
  let best: { at: number; cost: number } | undefined;
  for (let at = 1; at < atoms.count; at++) {
    const [upper, lower] = [lineWidth(0, at), lineWidth(at, atoms.count)];
    if (upper > maxLineWidth || lower > maxLineWidth) continue;
    const cost = imbalanceCost(upper, lower, maxLineWidth) + (lineCost[at] ?? 0);
    if (best === undefined || cost < best.cost) best = { at, cost };
  }
  return best?.at;
}

/** What a line would hold if the fewest that are needed held alike. */
function meanOf(atoms: Atoms, maxLineWidth: number): number {
  let lines = 1;
  let line = 0;
  let total = 0;
  for (let i = 0; i < atoms.count; i++) {
    const [width, space] = [atoms.width[i] ?? 0, atoms.spaceWidth[i] ?? 0];
    total += width + space;
    const longer = line === 0 ? width : line + space + width;
    if (line > 0 && longer > maxLineWidth) lines++;
    line = line > 0 && longer > maxLineWidth ? width : longer;
  }
  return total / lines;
}

function breakOne(markup: string, language: string, profile: RuleProfile): string {
  const found = takeApart(markup);
  const text = found.map(({ plain }) => plain).join("");
  const starts = lineStarts(text, language, profile);
  let out = "";
  let at = 0;
  let next = 0;
  let pending = false;
  for (const { markup: piece, plain } of found) {
    // Between letters the line ends before the next letter, behind tags that close.
    if (pending && !piece.startsWith("</")) {
      out += "\n";
      pending = false;
    }
    const start = starts[next];
    if (plain === " " && start === at + 1) {
      out += "\n";
      next++;
      at++;
      continue;
    }
    out += piece;
    if (plain === "") continue;
    at++;
    if (start === at) {
      pending = true;
      next++;
    }
  }
  return out;
}

/**
 * Breaks a cue's text (light markup, as `Cue.text`) into lines by the rules: as few as keep to the
 * width, alike in length, ended where sense allows. Line breaks that it has are undone first,
 * except where each line is another speaker's and begins with a dash. A text that is too long for
 * the profile's lines gets more of them: no line is too wide unless one piece alone is.
 * Doing it again changes nothing, but for a space that a language without spaces had at a break.
 */
export function breakLines(
  text: string,
  { language, profile }: { language: string; profile: RuleProfile },
): string {
  const lines = text
    .split(/\r\n?|\n/)
    .map((line) => line.replace(outerSpace, ""))
    .filter((line) => line !== "");
  const speakers: string[][] = [];
  const dialogue = lines.filter((line) => speakerDash.test(line)).length > 1;
  for (const line of lines) {
    if (speakers.length === 0 || (dialogue && speakerDash.test(line))) speakers.push([line]);
    else speakers.at(-1)?.push(line);
  }
  return speakers
    .map((own) => breakOne(joinLines(own, language), language, profile))
    .filter((line) => line !== "")
    .join("\n");
}
