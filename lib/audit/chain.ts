import { createHmac, timingSafeEqual } from "node:crypto";

/** What of a row is sealed, beside the hash of the row before it. */
export interface ChainEntry {
  seq: bigint;
  id: string;
  /** To the millisecond, as the database keeps it: a row read again hashes the same. */
  at: Date;
  name: string;
  level: string;
  actorId: string | null;
  subjectId: string | null;
  sessionId: string | null;
  requestId: string | null;
  networkHash: string | null;
  /** JSON. */
  detail: unknown;
  /** Which key makes the hash. */
  keyId: string;
}

export interface ChainRow extends ChainEntry {
  previousHash: string;
  hash: string;
}

/** Where the chain was at one moment, kept outside the database. */
export interface Checkpoint {
  /** The last row at that moment. */
  seq: bigint;
  /** That row's hash. */
  hash: string;
  /** ISO 8601. */
  at: string;
  keyId: string;
  /** Tells a checkpoint of ours from one made up. */
  mac: string;
}

/** The key with this id; undefined when it is gone. */
export type KeyRing = (keyId: string) => Uint8Array | undefined;

export type ChainProblem =
  /** Rows before this one are missing, or it stands in the wrong place. */
  | "gap"
  | "wrong_previous_hash"
  | "wrong_hash"
  /** Made with a key that is neither AUTH_SECRET's nor AUTH_SECRET_PREVIOUS's: can't be checked. */
  | "unknown_key"
  | "time_went_back"
  /** A checkpoint knows a later row than the last one there is. */
  | "missing_tail"
  /** A checkpoint knows this row with another hash. */
  | "checkpoint_mismatch"
  /** A checkpoint that isn't ours, or was changed. */
  | "checkpoint_forged"
  /** The log says that a checkpoint was made of this row, and there is none. */
  | "checkpoint_missing";

export interface ChainFinding {
  seq: bigint;
  problem: ChainProblem;
}

export interface ChainReport {
  rows: number;
  firstSeq: bigint | null;
  lastSeq: bigint | null;
  /** Checkpoints of ours that were compared with the rows. */
  checkpoints: number;
  findings: ChainFinding[];
}

/** In the place of the hash before the first row. */
export const chainStart = "start";

/** Name of the row that says a checkpoint was made of the row numbered `detail.seq`. */
export const checkpointName = "audit_checkpoint";

/** How far the clocks of two servers may differ, in ms; time synchronisation keeps it under 1 s. */
export const clockToleranceMs = 60_000;

/**
 * JSON without spaces and with sorted keys: one text for one value.
 * @throws {TypeError} for what JSON can't hold.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") {
    return JSON.stringify(value);
  }
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") {
    const parts = Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => `${JSON.stringify(name)}:${canonicalJson(part)}`);
    return `{${parts.join(",")}}`;
  }
  throw new TypeError(`${typeof value} has no place in JSON`);
}

/** The text of a row that its hash is made over. */
export function canonicalRow(row: ChainEntry): string {
  const { seq, id, at, name, level, actorId, subjectId, sessionId } = row;
  const { requestId, networkHash, detail, keyId } = row;
  return canonicalJson({
    ...{ id, name, level, actorId, subjectId, sessionId, requestId, networkHash, detail, keyId },
    seq: seq.toString(),
    at: at.toISOString(),
  });
}

/** HMAC-SHA256 over the previous row's hash and this row, in base64url. */
export function hashRow(row: ChainEntry, previousHash: string, key: Uint8Array): string {
  return mac(`${previousHash}\n${canonicalRow(row)}`, key);
}

/** The `mac` of a checkpoint. No row's hash is made over a text that begins like this. */
export function checkpointMac(checkpoint: Omit<Checkpoint, "mac">, key: Uint8Array): string {
  const { seq, hash, at, keyId } = checkpoint;
  return mac(`checkpoint\n${canonicalJson({ seq: seq.toString(), hash, at, keyId })}`, key);
}

function mac(text: string, key: Uint8Array): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Checks a log that is read row by row, in order. The chain itself shows what was changed, moved,
 * removed or put in between; only the checkpoints show that the end was cut off, or that the whole
 * log was replaced by another one.
 */
export function createVerifier(keys: KeyRing, checkpoints: Checkpoint[]) {
  const findings: ChainFinding[] = [];
  const trusted = new Map<bigint, Checkpoint[]>();
  const promised: bigint[] = [];
  let rows = 0;
  let firstSeq: bigint | null = null;
  let last: ChainRow | undefined;
  const find = (seq: bigint, problem: ChainProblem) => findings.push({ seq, problem });

  for (const checkpoint of checkpoints) {
    const problem = checkpointProblem(checkpoint, keys);
    if (problem) find(checkpoint.seq, problem);
    else trusted.set(checkpoint.seq, [...(trusted.get(checkpoint.seq) ?? []), checkpoint]);
  }
  const known = new Set(checkpoints.map((checkpoint) => checkpoint.seq));
  const unmet = new Set(trusted.keys());

  return {
    read(row: ChainRow): void {
      rows += 1;
      firstSeq ??= row.seq;
      for (const problem of rowProblems(row, last, keys)) find(row.seq, problem);
      const made = trusted.get(row.seq) ?? [];
      if (made.some((checkpoint) => checkpoint.hash !== row.hash)) {
        find(row.seq, "checkpoint_mismatch");
      }
      unmet.delete(row.seq);
      const promise = promisedCheckpoint(row);
      if (promise !== undefined) promised.push(promise);
      last = row;
    },

    report(): ChainReport {
      const lastSeq = last?.seq ?? null;
      const missing = promised.filter((seq) => !known.has(seq));
      const late: ChainFinding[] = [
        ...missing.map((seq): ChainFinding => ({ seq, problem: "checkpoint_missing" })),
        ...[...unmet].map((seq): ChainFinding => ({ seq, problem: missingRow(seq, lastSeq) })),
      ];
      const checked = [...trusted.values()].reduce((sum, made) => sum + made.length, 0);
      return { rows, firstSeq, lastSeq, checkpoints: checked, findings: [...findings, ...late] };
    },
  };
}

/** `createVerifier` for a log that is at hand as a whole. */
export function verifyChain(
  rows: ChainRow[],
  keys: KeyRing,
  checkpoints: Checkpoint[] = [],
): ChainFinding[] {
  const verifier = createVerifier(keys, checkpoints);
  for (const row of rows) verifier.read(row);
  return verifier.report().findings;
}

function rowProblems(row: ChainRow, last: ChainRow | undefined, keys: KeyRing): ChainProblem[] {
  const problems: ChainProblem[] = [];
  if (row.seq !== (last?.seq ?? 0n) + 1n) problems.push("gap");
  if (!same(row.previousHash, last?.hash ?? chainStart)) problems.push("wrong_previous_hash");
  const key = keys(row.keyId);
  if (!key) problems.push("unknown_key");
  else if (!same(row.hash, hashRow(row, row.previousHash, key))) problems.push("wrong_hash");
  if (last && row.at.getTime() < last.at.getTime() - clockToleranceMs) {
    problems.push("time_went_back");
  }
  return problems;
}

function checkpointProblem(checkpoint: Checkpoint, keys: KeyRing): ChainProblem | undefined {
  const key = keys(checkpoint.keyId);
  if (!key) return "unknown_key";
  return same(checkpoint.mac, checkpointMac(checkpoint, key)) ? undefined : "checkpoint_forged";
}

/** The row whose checkpoint this row tells of. */
function promisedCheckpoint(row: ChainRow): bigint | undefined {
  if (row.name !== checkpointName) return undefined;
  const { seq } = (row.detail ?? {}) as { seq?: unknown };
  return typeof seq === "string" && /^\d{1,18}$/.test(seq) ? BigInt(seq) : undefined;
}

/** What it means that a checkpoint's row wasn't met: the end is missing, or a piece before it. */
function missingRow(seq: bigint, lastSeq: bigint | null): ChainProblem {
  return lastSeq === null || seq > lastSeq ? "missing_tail" : "checkpoint_mismatch";
}
