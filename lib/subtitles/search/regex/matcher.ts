import {
  type PatternProblem,
  parsePattern,
  wordCharacter,
} from "@/lib/subtitles/search/regex/pattern";
import { type Instruction, programOf } from "@/lib/subtitles/search/regex/program";

/** Where a match and its groups begin and end, two numbers each; -1: the group wasn't reached. */
export type Captures = readonly number[];

export interface Matcher {
  /** The first match that begins at `from` or later. */
  matchFrom(text: string, from: number): Captures | undefined;
  /** Names of groups, by their number from 1; "" for those without. */
  groups: readonly string[];
}

/**
 * A regular expression that takes time in proportion to the text, whatever it is: all ways through
 * it are followed at once (a Pike machine), instead of one after the other as browsers do, where an
 * expression like (a+)+b can hold the page for good. It finds what browsers find.
 */
export function makeMatcher(
  source: string,
  options: { ignoreCase: boolean },
): Matcher | PatternProblem {
  const parsed = parsePattern(source, options);
  if (typeof parsed === "string") return parsed;
  const program = programOf(parsed.pattern);
  if (!program) return "too_long";
  const machine = new Machine(program, parsed.groups.length);
  return {
    groups: parsed.groups,
    matchFrom: (text, from) => machine.run(text, from),
  };
}

/** The ways that are being followed, the one that counts most first; each place once. */
class Ways {
  readonly places: number[] = [];
  readonly captures: Captures[] = [];
  readonly #seen: Int32Array;
  #round = 1;

  constructor(length: number) {
    this.#seen = new Int32Array(length);
  }

  clear(): void {
    this.places.length = 0;
    this.captures.length = 0;
    this.#round += 1;
  }

  /** False when a way that counts more has been here. */
  visit(place: number): boolean {
    if (this.#seen[place] === this.#round) return false;
    this.#seen[place] = this.#round;
    return true;
  }
}

const isWord = new RegExp(`^[${wordCharacter}]$`, "u");
const lineEnds = new Set([0x0a, 0x0d, 0x2028, 0x2029]);

class Machine {
  readonly #program: readonly Instruction[];
  readonly #none: Captures;
  #now: Ways;
  #next: Ways;
  #text = "";

  constructor(program: readonly Instruction[], groups: number) {
    this.#program = program;
    this.#none = new Array<number>((groups + 1) * 2).fill(-1);
    this.#now = new Ways(program.length);
    this.#next = new Ways(program.length);
  }

  run(text: string, from: number): Captures | undefined {
    this.#text = text;
    this.#now.clear();
    let found: Captures | undefined;
    for (let at = from; at <= text.length; ) {
      if (!found) this.#follow(this.#now, 0, at, this.#none);
      if (this.#now.places.length === 0 && found) break;
      const codePoint = text.codePointAt(at);
      const width = codePoint !== undefined && codePoint > 0xffff ? 2 : 1;
      this.#next.clear();
      found = this.#step(codePoint, at + width) ?? found;
      [this.#now, this.#next] = [this.#next, this.#now];
      at += width;
    }
    return found;
  }

  /** Takes every way over one character; what a way has matched ends those that count less. */
  #step(codePoint: number | undefined, at: number): Captures | undefined {
    const { places, captures } = this.#now;
    for (const [i, place] of places.entries()) {
      const instruction = this.#program[place];
      const held = captures[i] ?? this.#none;
      if (instruction?.do === "match") return held;
      if (instruction?.do !== "character" || codePoint === undefined) continue;
      if (instruction.test(codePoint)) this.#follow(this.#next, place + 1, at, held);
    }
    return undefined;
  }

  /** Goes on from a place until a character is wanted. */
  #follow(ways: Ways, place: number, at: number, captures: Captures): void {
    if (!ways.visit(place)) return;
    const instruction = this.#program[place];
    switch (instruction?.do) {
      case "jump":
        this.#follow(ways, instruction.to, at, captures);
        return;
      case "fork":
        this.#follow(ways, instruction.first, at, captures);
        this.#follow(ways, instruction.second, at, captures);
        return;
      case "save":
        this.#follow(ways, place + 1, at, captures.with(instruction.slot, at));
        return;
      case "forget": {
        const { from, to } = instruction;
        const without = captures.map((held, i) => (i >= from * 2 && i < to * 2 + 2 ? -1 : held));
        this.#follow(ways, place + 1, at, without);
        return;
      }
      case "edge":
        if (this.#isAt(instruction.edge, at)) this.#follow(ways, place + 1, at, captures);
        return;
      default:
        ways.places.push(place);
        ways.captures.push(captures);
    }
  }

  #isAt(edge: Extract<Instruction, { do: "edge" }>["edge"], at: number): boolean {
    const text = this.#text;
    switch (edge) {
      case "lineStart":
        return at === 0 || lineEnds.has(text.charCodeAt(at - 1));
      case "lineEnd":
        return at === text.length || lineEnds.has(text.charCodeAt(at));
      case "word":
        return isWordEdge(text, at);
      case "notWord":
        return !isWordEdge(text, at);
    }
  }
}

/** Whether an offset stands between two characters of a word, in any script. */
export function isInsideWord(text: string, at: number): boolean {
  return isWordBefore(text, at) && isWordAt(text, at);
}

function isWordEdge(text: string, at: number): boolean {
  return isWordBefore(text, at) !== isWordAt(text, at);
}

function isWordAt(text: string, at: number): boolean {
  const codePoint = text.codePointAt(at);
  return codePoint !== undefined && isWord.test(String.fromCodePoint(codePoint));
}

function isWordBefore(text: string, at: number): boolean {
  if (at <= 0) return false;
  const low = text.charCodeAt(at - 1);
  return isWordAt(text, low >= 0xdc00 && low <= 0xdfff && at > 1 ? at - 2 : at - 1);
}
