import type { LocatedProblem, ProblemCode } from "@/lib/subtitles/formats/types";

/** A hostile file could hold a problem in every line; a person reads the first few hundred. */
const maxProblems = 500;
const maxMessageLength = 80;

/** Collects problems by offset and turns offsets into line numbers only when there are any. */
export class ProblemLog {
  readonly problems: LocatedProblem[] = [];
  readonly #text: string;
  #offset = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  add(offset: number, code: ProblemCode, message?: string): void {
    if (this.problems.length <= maxProblems) this.#put(this.#lineAt(offset), code, message);
  }

  /** What is so of the whole file. */
  addToFile(code: ProblemCode, message?: string): void {
    if (this.problems.length <= maxProblems) this.#put(0, code, message);
  }

  #put(line: number, code: ProblemCode, message: string | undefined): void {
    if (this.problems.length === maxProblems) {
      this.problems.push({ line, code: "more_problems" });
    } else if (message === undefined) {
      this.problems.push({ line, code });
    } else {
      this.problems.push({ line, code, message: message.slice(0, maxMessageLength) });
    }
  }

  /** Problems come almost in the order of the text, so counting goes on from the last one. */
  #lineAt(offset: number): number {
    const step = offset < this.#offset ? -1 : 1;
    const from = Math.min(offset, this.#offset);
    const to = Math.max(offset, this.#offset);
    let at = this.#text.indexOf("\n", from);
    while (at !== -1 && at < to) {
      this.#line += step;
      at = this.#text.indexOf("\n", at + 1);
    }
    this.#offset = offset;
    return this.#line;
  }
}
