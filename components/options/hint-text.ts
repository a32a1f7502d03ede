import { maxTermLength } from "@/lib/glossary/limits";
import { cleanTerm } from "@/lib/glossary/term-text";
import { maxHints } from "@/lib/jobs/limits";

/** What a text of names and terms holds, and what is wrong with it. */
export interface ReadHints {
  hints: string[];
  problem?: { kind: "tooMany"; count: number } | { kind: "tooLong"; term: string };
}

/** Reads names and terms that are parted by commas or line breaks, each once. */
export function readHints(text: string): ReadHints {
  const given = text.split(/[,\n，、;；]/).map((each) => each.trim());
  const hints = new Set<string>();
  for (const each of given) {
    if (each === "") continue;
    const term = cleanTerm(each);
    if (term !== "" && term.length <= maxTermLength) hints.add(term);
    else if (each.length > maxTermLength) {
      return { hints: [...hints].slice(0, maxHints), problem: { kind: "tooLong", term: each } };
    }
  }
  const list = [...hints];
  if (list.length <= maxHints) return { hints: list };
  return { hints: list.slice(0, maxHints), problem: { kind: "tooMany", count: list.length } };
}
