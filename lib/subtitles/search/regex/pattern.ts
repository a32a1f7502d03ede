/**
 * A regular expression taken apart. Its syntax is JavaScript's with the flags "u" and "m", less
 * what can't be matched in linear time (looking around, references to groups), and with \w and \b
 * that know the letters of every script.
 */
export type Pattern =
  | { type: "character"; test: (codePoint: number) => boolean }
  | { type: "edge"; edge: "lineStart" | "lineEnd" | "word" | "notWord" }
  | { type: "sequence"; items: Pattern[] }
  | { type: "either"; options: Pattern[] }
  | { type: "group"; index: number; body: Pattern }
  | {
      type: "repeat";
      body: Pattern;
      least: number;
      /** `Infinity`: no bound. */
      most: number;
      greedy: boolean;
      /** The groups inside it, which forget what they held when it begins anew. */
      groups: { from: number; to: number };
    };

export interface ParsedPattern {
  pattern: Pattern;
  /** Names of groups, by their number from 1; "" for those without. */
  groups: string[];
}

export type PatternProblem =
  /** It isn't a regular expression. */
  | "invalid"
  /** It looks around, or refers to a group. */
  | "unsupported"
  | "too_long";

/** What can't be parsed is thrown as one of these inside, and told as a value outside. */
class PatternError extends Error {
  readonly problem: PatternProblem;

  constructor(problem: PatternProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** Longest pattern, in UTF-16 units. */
const maxPattern = 1_000;

/** Letters, marks and digits of every script, and "_": what words are made of. */
export const wordCharacter = "\\p{L}\\p{M}\\p{N}_";

export function parsePattern(
  source: string,
  { ignoreCase }: { ignoreCase: boolean },
): ParsedPattern | PatternProblem {
  if (source.length > maxPattern) return "too_long";
  try {
    new RegExp(source, "u");
    return new PatternParser(source, ignoreCase).parse();
  } catch (error) {
    if (error instanceof PatternError) return error.problem;
    if (error instanceof SyntaxError) return "invalid";
    throw error;
  }
}

const quantifier = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})(\??)/;
const escapeSequence =
  /^\\(?:u\{[0-9a-f]+\}|u[dD][89abAB][0-9a-f]{2}\\u[dD][c-fC-F][0-9a-f]{2}|u[0-9a-f]{4}|x[0-9a-f]{2}|c[a-z]|[pP]\{[^}]*\}|[\s\S])/i;
const characterClass = /^\[(?:\\[\s\S]|[^\]\\])*\]/;

/** Reads a pattern that JavaScript takes, so that what is left to say is only what we don't. */
class PatternParser {
  readonly #source: string;
  readonly #flags: string;
  readonly #tests = new Map<string, (codePoint: number) => boolean>();
  readonly #groups: string[] = [];
  #at = 0;

  constructor(source: string, ignoreCase: boolean) {
    this.#source = source;
    this.#flags = ignoreCase ? "iu" : "u";
  }

  parse(): ParsedPattern {
    const pattern = this.#either();
    return { pattern, groups: this.#groups };
  }

  #either(): Pattern {
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    const [only] = options;
    return options.length === 1 && only ? only : { type: "either", options };
  }

  #sequence(): Pattern {
    const items: Pattern[] = [];
    while (this.#at < this.#source.length && !"|)".includes(this.#source.charAt(this.#at))) {
      const from = this.#groups.length + 1;
      const body = this.#atom();
      items.push(this.#repeated(body, { from, to: this.#groups.length }));
    }
    return { type: "sequence", items };
  }

  #repeated(body: Pattern, groups: { from: number; to: number }): Pattern {
    const found = quantifier.exec(this.#source.slice(this.#at));
    if (!found) return body;
    this.#at += found[0].length;
    const [, sign, count, comma, upTo, lazy] = found;
    const least = sign ? (sign === "+" ? 1 : 0) : Number(count);
    const bound = comma ? (upTo ? Number(upTo) : Number.POSITIVE_INFINITY) : least;
    const most = sign ? (sign === "?" ? 1 : Number.POSITIVE_INFINITY) : bound;
    return { type: "repeat", body, least, most, greedy: lazy === "", groups };
  }

  #atom(): Pattern {
    const rest = this.#source.slice(this.#at);
    switch (rest.charAt(0)) {
      case "(":
        return this.#group();
      case "^":
      case "$":
        this.#at += 1;
        return { type: "edge", edge: rest.startsWith("^") ? "lineStart" : "lineEnd" };
      case "[":
        return this.#character(characterClass.exec(rest)?.[0] ?? "");
      case "\\":
        return this.#escape(escapeSequence.exec(rest)?.[0] ?? "");
      default:
        return this.#character(String.fromCodePoint(rest.codePointAt(0) ?? 0));
    }
  }

  #group(): Pattern {
    const opening = /^\((?:\?(?:(:)|<([^>=!]+)>)|(?!\?))/.exec(this.#source.slice(this.#at));
    if (!opening) throw new PatternError("unsupported");
    this.#at += opening[0].length;
    const index = opening[1] ? undefined : this.#groups.push(opening[2] ?? "");
    const body = this.#either();
    this.#at += 1;
    return index === undefined ? body : { type: "group", index, body };
  }

  #escape(source: string): Pattern {
    if (/^\\[1-9k]/.test(source)) throw new PatternError("unsupported");
    if (source !== "\\b" && source !== "\\B") return this.#character(source);
    this.#at += 2;
    return { type: "edge", edge: source === "\\b" ? "word" : "notWord" };
  }

  #character(source: string): Pattern {
    if (source === "") throw new PatternError("invalid");
    this.#at += source.length;
    return { type: "character", test: this.#testOf(source) };
  }

  /** JavaScript itself says what one character matches; it is asked once for each. */
  #testOf(source: string): (codePoint: number) => boolean {
    const known = this.#tests.get(source);
    if (known) return known;
    const expression = new RegExp(`^(?:${allScripts(source)})$`, this.#flags);
    const answers = new Map<number, boolean>();
    const test = (codePoint: number) => {
      let answer = answers.get(codePoint);
      if (answer === undefined) {
        answer = expression.test(String.fromCodePoint(codePoint));
        answers.set(codePoint, answer);
      }
      return answer;
    };
    this.#tests.set(source, test);
    return test;
  }

  #take(character: string): boolean {
    const taken = this.#source.charAt(this.#at) === character;
    if (taken) this.#at += 1;
    return taken;
  }
}

/** \w and \W for every script. */
function allScripts(source: string): string {
  if (source === "\\w") return `[${wordCharacter}]`;
  if (source === "\\W") return `[^${wordCharacter}]`;
  if (!source.startsWith("[")) return source;
  return source.replace(/\\[\s\S]/g, (found) => {
    if (found === "\\W") throw new PatternError("unsupported");
    return found === "\\w" ? wordCharacter : found;
  });
}
