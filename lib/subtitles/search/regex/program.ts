import type { Pattern } from "@/lib/subtitles/search/regex/pattern";

/** One step of matching. Numbers are places in the program. */
export type Instruction =
  | { do: "character"; test: (codePoint: number) => boolean }
  | { do: "edge"; edge: Extract<Pattern, { type: "edge" }>["edge"] }
  /** Goes on at both; what the first leads to counts more. */
  | { do: "fork"; first: number; second: number }
  | { do: "jump"; to: number }
  /** Notes where a group begins (even) or ends (odd slot). */
  | { do: "save"; slot: number }
  | { do: "forget"; from: number; to: number }
  | { do: "match" };

/** Longer programs come of counts like {1000} in each other. */
const maxProgram = 5_000;

/** A pattern as a program; undefined where it would be too long. */
export function programOf(pattern: Pattern): Instruction[] | undefined {
  const program: Instruction[] = [{ do: "save", slot: 0 }];
  if (!write(program, pattern)) return undefined;
  program.push({ do: "save", slot: 1 }, { do: "match" });
  return program;
}

function write(program: Instruction[], pattern: Pattern): boolean {
  if (program.length > maxProgram) return false;
  switch (pattern.type) {
    case "character":
      program.push({ do: "character", test: pattern.test });
      return true;
    case "edge":
      program.push({ do: "edge", edge: pattern.edge });
      return true;
    case "sequence":
      return pattern.items.every((item) => write(program, item));
    case "group": {
      program.push({ do: "save", slot: pattern.index * 2 });
      const written = write(program, pattern.body);
      program.push({ do: "save", slot: pattern.index * 2 + 1 });
      return written;
    }
    case "either":
      return writeEither(program, pattern.options);
    case "repeat":
      return writeRepeat(program, pattern);
  }
}

function writeEither(program: Instruction[], options: readonly Pattern[]): boolean {
  const ends: Extract<Instruction, { do: "jump" }>[] = [];
  for (const [i, option] of options.entries()) {
    const last = i === options.length - 1;
    const fork = { do: "fork" as const, first: program.length + 1, second: 0 };
    if (!last) program.push(fork);
    if (!write(program, option)) return false;
    if (last) continue;
    const end = { do: "jump" as const, to: 0 };
    ends.push(end);
    program.push(end);
    fork.second = program.length;
  }
  for (const end of ends) end.to = program.length;
  return true;
}

type Repeat = Extract<Pattern, { type: "repeat" }>;

function writeRepeat(program: Instruction[], repeat: Repeat): boolean {
  const { least, most } = repeat;
  for (let i = 0; i < least; i++) {
    if (!writeOnce(program, repeat)) return false;
  }
  const forks: Extract<Instruction, { do: "fork" }>[] = [];
  const endless = most === Number.POSITIVE_INFINITY;
  const optional = endless ? 1 : most - least;
  for (let i = 0; i < optional; i++) {
    const at = program.length;
    const fork = { do: "fork" as const, first: 0, second: 0 };
    forks.push(fork);
    program.push(fork);
    if (!writeOnce(program, repeat)) return false;
    if (endless) program.push({ do: "jump", to: at });
    Object.assign(fork, repeat.greedy ? { first: at + 1 } : { second: at + 1 });
  }
  for (const fork of forks) {
    Object.assign(fork, repeat.greedy ? { second: program.length } : { first: program.length });
  }
  return true;
}

function writeOnce(program: Instruction[], { body, groups }: Repeat): boolean {
  if (groups.to >= groups.from) program.push({ do: "forget", ...groups });
  return write(program, body);
}
