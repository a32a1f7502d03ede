import "server-only";
import { keyById } from "@/lib/seal";
import { type ChainReport, createVerifier } from "./chain";
import { readCheckpoints } from "./checkpoints";
import { findHead, readRows } from "./repo";

/** Rows held in memory at a time. */
const pageSize = 1_000;

/**
 * Checks the whole log against itself and against its checkpoints. The product may go on
 * recording meanwhile: what comes after the start is left for the next time.
 */
export async function verifyAuditLog(): Promise<ChainReport> {
  // In this order: a checkpoint that one of these rows tells of is there when they are read.
  const head = await findHead();
  const checkpoints = await readCheckpoints();
  let toSeq = head.seq;
  for (const { seq } of checkpoints) if (seq > toSeq) toSeq = seq;
  const verifier = createVerifier((keyId) => keyById("audit", keyId)?.bytes, checkpoints);
  let afterSeq = -(2n ** 62n);
  for (;;) {
    const rows = await readRows({ afterSeq, toSeq, limit: pageSize });
    for (const row of rows) verifier.read(row);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return verifier.report();
    afterSeq = last.seq;
  }
}
