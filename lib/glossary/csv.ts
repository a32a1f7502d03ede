import { normaliseLanguage } from "@/lib/speech/languages";
import { namedTargets, targetName } from "@/lib/translation/targets";
import { maxTerms } from "./limits";
import { type GlossaryTermInput, glossaryTermInput, glossaryText, termKey } from "./schema";

/** Largest list that is read, in UTF-16 units. */
export const maxListLength = 4_000_000;

/** Why a line of a list can't be taken. */
export type ListProblemKind =
  | "no_term"
  | "too_long"
  | "unknown_language"
  | "unknown_column"
  | "too_many_misheard"
  | "repeated"
  | "too_many"
  | "unclosed_quote";

export interface ListProblem {
  /** Of the text, from 1. */
  line: number;
  kind: ListProblemKind;
  /** What it is about, as written. */
  value: string;
}

export interface ReadList {
  terms: GlossaryTermInput[];
  problems: ListProblem[];
}

interface Row {
  line: number;
  cells: string[];
}

type Column = { kind: "term" | "language" | "misheard" } | { kind: "target"; code: string } | null;

/** The names of the first columns, in both languages of the product. */
const columnNames: Record<string, "term" | "language" | "misheard"> = {
  term: "term",
  용어: "term",
  language: "language",
  언어: "language",
  misheard: "misheard",
  "잘못 들린 말": "misheard",
};

/**
 * Reads a list of terms: CSV, or the tabs that a spreadsheet copies. With a first line of column
 * names (`term`, `language`, `misheard` and target languages); without one, each line is a term and
 * how it is misheard. Several ways to mishear it are parted by `|` or `;`.
 */
export function readTermList(text: string): ReadList {
  const problems: ListProblem[] = [];
  const rows = readRows(text.replace(/^\ufeff/, ""), problems);
  const head = rows[0];
  const named = head && columnOf(head.cells[0] ?? "")?.kind === "term";
  const columns = named ? readHead(head, problems) : plainColumns;
  const terms: GlossaryTermInput[] = [];
  const seen = new Set<string>();
  for (const row of named ? rows.slice(1) : rows) {
    const term = readTerm(row, columns, problems);
    if (!term) continue;
    const key = termKey(term);
    if (seen.has(key)) problems.push({ line: row.line, kind: "repeated", value: term.term });
    else if (terms.length === maxTerms) {
      problems.push({ line: row.line, kind: "too_many", value: term.term });
      break;
    } else {
      seen.add(key);
      terms.push(term);
    }
  }
  return { terms, problems };
}

const plainColumns: readonly Column[] = [{ kind: "term" }, { kind: "misheard" }];

function columnOf(name: string): Column {
  const wanted = name.trim().normalize("NFC").toLowerCase();
  const kind = Object.hasOwn(columnNames, wanted) ? columnNames[wanted] : undefined;
  if (kind) return { kind };
  const code = targetOf(wanted);
  return code ? { kind: "target", code } : null;
}

/** A target by its code or by its name in either language. */
function targetOf(wanted: string): string | undefined {
  const named = namedTargets.find(
    (code) =>
      code.toLowerCase() === wanted ||
      targetName(code, "ko") === wanted ||
      targetName(code, "en").toLowerCase() === wanted,
  );
  return named ?? normaliseLanguage(wanted);
}

function readHead({ line, cells }: Row, problems: ListProblem[]): Column[] {
  return cells.map((cell) => {
    const column = columnOf(cell);
    if (!column && cell.trim() !== "") problems.push({ line, kind: "unknown_column", value: cell });
    return column;
  });
}

function readTerm(
  { line, cells }: Row,
  columns: readonly Column[],
  problems: ListProblem[],
): GlossaryTermInput | undefined {
  const input = { term: "", language: null as string | null, misheard: [] as string[] };
  const translations: Record<string, string> = {};
  const before = problems.length;
  const refuse = (kind: ListProblemKind, value: string) => problems.push({ line, kind, value });
  const clean = (value: string) => {
    const text = glossaryText.safeParse(value);
    if (!text.success) refuse("too_long", value);
    return text.success ? text.data : "";
  };
  for (const [index, column] of columns.entries()) {
    const cell = unguarded((cells[index] ?? "").trim());
    if (!column || cell === "") continue;
    if (column.kind === "term") input.term = clean(cell);
    else if (column.kind === "target") translations[column.code] = clean(cell);
    else if (column.kind === "misheard") {
      const heard = cell.split(/[|;]/).filter((each) => each.trim() !== "");
      input.misheard = heard.map(clean);
    } else {
      const code = normaliseLanguage(cell);
      if (code) input.language = code;
      else refuse("unknown_language", cell);
    }
  }
  if (problems.length > before) return undefined;
  if (input.term === "") {
    refuse("no_term", cells.join(", "));
    return undefined;
  }
  const term = glossaryTermInput.safeParse({ ...input, translations });
  if (!term.success) refuse("too_many_misheard", input.term);
  return term.data;
}

/**
 * Spreadsheets are kept from reading a cell as a formula by a quote before it, which isn't part of
 * the text; a text that begins so itself gets one more.
 */
const formula = "'*[=+\\-@\\t\\r＝＋－＠]";
const guardedCell = new RegExp(`^'(?=${formula})`);
const formulaCell = new RegExp(`^${formula}`);
const unguarded = (cell: string) => cell.replace(guardedCell, "");
const guarded = (cell: string) => (formulaCell.test(cell) ? `'${cell}` : cell);

/** Cuts a text into rows of cells (RFC 4180, or tabs); empty lines are left out. */
function readRows(text: string, problems: ListProblem[]): Row[] {
  const firstLine = text.slice(0, /[\r\n]/.exec(text)?.index ?? text.length);
  const separator = firstLine.includes("\t") ? "\t" : ",";
  const rows: Row[] = [];
  let row: Row = { line: 1, cells: [] };
  let cell = "";
  let line = 1;
  let quotedAt = 0;
  const endCell = () => {
    row.cells.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (row.cells.some((each) => each.trim() !== "")) rows.push(row);
    row = { line, cells: [] };
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const isBreak = char === "\n" || (char === "\r" && text[at + 1] !== "\n");
    if (isBreak) line++;
    if (quotedAt > 0) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quotedAt = 0;
    } else if (char === '"' && cell.trim() === "") {
      cell = "";
      quotedAt = line;
    } else if (char === separator) endCell();
    else if (isBreak) endRow();
    else if (char !== "\r") cell += char;
  }
  if (quotedAt > 0)
    problems.push({ line: quotedAt, kind: "unclosed_quote", value: cell.slice(0, 40) });
  else endRow();
  return rows;
}

/** The list as CSV, as `readTermList` reads it; a column for each language that a term has. */
export function writeTermList(terms: readonly GlossaryTermInput[]): string {
  const codes = [...new Set(terms.flatMap(({ translations }) => Object.keys(translations)))].sort();
  const rows = terms.map(({ term, language, misheard, translations }) => [
    term,
    language ?? "",
    misheard.join("|"),
    ...codes.map((code) => translations[code] ?? ""),
  ]);
  const lines = [["term", "language", "misheard", ...codes], ...rows];
  return `\ufeff${lines.map((cells) => cells.map(writeCell).join(",")).join("\r\n")}\r\n`;
}

function writeCell(cell: string): string {
  const safe = guarded(cell);
  return /[",\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
