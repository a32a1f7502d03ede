/**
 * What a `Range` header asks of an object, by RFC 9110, section 14:
 * - `whole`: no range, or one to be ignored: another unit, malformed, or several ranges at once,
 *   which a server may answer with everything
 * - `unsatisfiable`: well-formed, but nothing of it lies inside the object (416)
 */
export type RangeRequest =
  | { kind: "whole" }
  | { kind: "part"; start: number; end: number }
  | { kind: "unsatisfiable" };

/** `start` and `end` of a `part` are the first and last byte, both included and inside. */
export function parseByteRange(header: string | null, sizeBytes: number): RangeRequest {
  const [, first, last] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || first + last === "") return { kind: "whole" };
  if (first === "") return suffix(position(last), sizeBytes);
  const start = position(first);
  const end = last === "" ? sizeBytes - 1 : position(last);
  if (last !== "" && end < start) return { kind: "whole" };
  if (start >= sizeBytes) return { kind: "unsatisfiable" };
  return { kind: "part", start, end: Math.min(end, sizeBytes - 1) };
}

function suffix(lengthBytes: number, sizeBytes: number): RangeRequest {
  if (lengthBytes === 0 || sizeBytes === 0) return { kind: "unsatisfiable" };
  return { kind: "part", start: Math.max(0, sizeBytes - lengthBytes), end: sizeBytes - 1 };
}

/** Any number of digits is valid; beyond 2^53 they all mean "past the end". */
function position(digits: string): number {
  return Math.min(Number(digits), Number.MAX_SAFE_INTEGER);
}
