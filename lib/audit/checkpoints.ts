import "server-only";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { type Clock, systemClock } from "@/lib/clock";
import { log } from "@/lib/log";
import { currentKey } from "@/lib/seal";
import { storage } from "@/lib/storage";
import { type Checkpoint, checkpointMac, checkpointName } from "./chain";
import { findHead } from "./repo";
import { recordAudit } from "./service";

/** Nothing but the checkpoints lies here, and nothing removes them: the log is kept as long. */
const checkpointPrefix = "audit/checkpoints/";

/** Checkpoints read at the same time. */
const readsAtOnce = 16;

const checkpointFile = z.object({
  seq: z.string().regex(/^\d{1,18}$/),
  hash: z.string(),
  at: z.string(),
  keyId: z.string(),
  mac: z.string(),
});

/**
 * Writes down outside the database how far the log has come: whoever cuts its end off or replaces
 * it has to do the same to storage and to the collected log lines. What was appended since the
 * last checkpoint is not covered yet. A run that is repeated makes at worst one more checkpoint.
 * @returns the checkpoint, or undefined when nothing was recorded since the last one.
 */
export async function writeCheckpoint(clock: Clock = systemClock): Promise<Checkpoint | undefined> {
  const { seq, hash, name } = await findHead();
  if (seq === 0n || name === checkpointName) return undefined;
  const key = currentKey("audit");
  const facts = { seq, hash, at: new Date(clock.now()).toISOString(), keyId: key.id };
  const checkpoint = { ...facts, mac: checkpointMac(facts, key.bytes) };
  await store(checkpoint);
  log("audit").info({ checkpoint: { ...checkpoint, seq: seq.toString() } }, "checkpoint");
  // After it, so that the log never tells of a checkpoint that wasn't made.
  await recordAudit({ name: checkpointName, detail: { seq: seq.toString() } }, clock);
  return checkpoint;
}

async function store(checkpoint: Checkpoint): Promise<void> {
  const { seq, at } = checkpoint;
  const folder = await mkdtemp(path.join(os.tmpdir(), "ax2-checkpoint-"));
  try {
    const file = path.join(folder, "checkpoint.json");
    await writeFile(file, JSON.stringify({ ...checkpoint, seq: seq.toString() }));
    // Not every file system takes colons.
    const pathname = `${checkpointPrefix}${at.replaceAll(":", "-")}-${seq}.json`;
    await storage().put(pathname, { path: file }, { contentType: "application/json" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every checkpoint there is, oldest first. */
export async function readCheckpoints(): Promise<Checkpoint[]> {
  const pathnames: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await storage().list(checkpointPrefix, cursor ? { cursor } : {});
    pathnames.push(...page.objects.map((object) => object.pathname));
    cursor = page.cursor;
  } while (cursor);
  const checkpoints: Checkpoint[] = [];
  for (let start = 0; start < pathnames.length; start += readsAtOnce) {
    const some = pathnames.slice(start, start + readsAtOnce);
    checkpoints.push(...(await Promise.all(some.map(readCheckpoint))));
  }
  return checkpoints;
}

/** A file that can't be understood becomes one that isn't ours: the verification says so. */
async function readCheckpoint(pathname: string): Promise<Checkpoint> {
  const text = await new Response(await storage().openRead(pathname)).text();
  const parsed = checkpointFile.safeParse(jsonOf(text));
  if (parsed.success) return { ...parsed.data, seq: BigInt(parsed.data.seq) };
  const seq = BigInt(/-(\d{1,18})\.json$/.exec(pathname)?.[1] ?? 0);
  return { seq, hash: "", at: "", keyId: currentKey("audit").id, mac: "" };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
