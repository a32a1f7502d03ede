import type { Cue } from "@/lib/subtitles/model";
import type { Finding } from "@/lib/subtitles/quality/types";

/** Longest name of a finding: its code, its cue, a glossary term, and the sum over the rest. */
export const maxFindingKey = 400;

/**
 * Names a finding together with what it is about, so that somebody's word on it ends when that
 * changes: the cue's text, and the figures and words of the sentence about it. Its place in time
 * is no part of it: a cue that is moved has the same to be said about it.
 */
export function findingKey(
  finding: Pick<Finding, "id" | "values">,
  cue: Pick<Cue, "text"> | undefined,
): string {
  const values = Object.entries(finding.values).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = checksum(JSON.stringify([cue?.text ?? null, values]));
  return `${finding.id.slice(0, maxFindingKey - 20)}:${sum}`;
}

/**
 * 64 bits of FNV-1a, as two halves with different starts: not against people who want two texts
 * to have the same one, but far more than the findings of a track need.
 */
function checksum(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
