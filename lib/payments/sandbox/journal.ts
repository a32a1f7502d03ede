import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

interface Line {
  kind: string;
  id: string;
  /** Absent: it is gone. */
  value?: unknown;
}

/** What the sandbox knows, one map a kind; survives a killed process when it has a file. */
export interface Journal {
  get(kind: string, id: string): unknown;
  entries(kind: string): [id: string, value: unknown][];
  put(kind: string, id: string, value: unknown): void;
  remove(kind: string, id: string): void;
}

/**
 * JSON lines in one file, the last of a kind and id counting. Each change is in the file before
 * the call returns; the file is written anew at the start, without what was replaced.
 * @param file undefined: in memory only
 */
export function openJournal(file: string | undefined): Journal {
  const kinds = new Map<string, Map<string, unknown>>();
  const of = (kind: string) => {
    const map = kinds.get(kind) ?? new Map<string, unknown>();
    kinds.set(kind, map);
    return map;
  };
  const apply = ({ kind, id, value }: Line) => {
    if (value === undefined) of(kind).delete(id);
    else of(kind).set(id, value);
  };
  const write = (line: Line) => {
    apply(line);
    if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
  if (file) {
    mkdirSync(path.dirname(file), { recursive: true });
    for (const line of readLines(file)) apply(line);
    rewrite(file, kinds);
  }
  return {
    get: (kind, id) => of(kind).get(id),
    entries: (kind) => [...of(kind)],
    put: (kind, id, value) => write({ kind, id, value }),
    remove: (kind, id) => write({ kind, id }),
  };
}

function rewrite(file: string, kinds: Map<string, Map<string, unknown>>): void {
  const lines = [...kinds].flatMap(([kind, map]) =>
    [...map].map(([id, value]) => `${JSON.stringify({ kind, id, value })}\n`),
  );
  const draft = `${file}.new`;
  writeFileSync(draft, lines.join(""), { mode: 0o600 });
  renameSync(draft, file);
}

function readLines(file: string): Line[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
  return text.split("\n").flatMap((line) => readLine(line) ?? []);
}

/** A line that a killed process didn't finish is none. */
function readLine(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isLine = typeof value === "object" && value !== null && "kind" in value && "id" in value;
    return isLine ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}
