import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { copySpan } from "./files";
import { type PartRecord, slotOffset } from "./parts";

/** Where a part's bytes are: in its slot of `data`, or in a file of its own. */
function placeOf(folder: string, part: PartRecord): { path: string; start: number } {
  return part.place === "slot"
    ? { path: join(folder, "data"), start: slotOffset(part.partNumber) }
    : { path: join(folder, "own", part.place), start: 0 };
}

/** Brings the parts together in one file and returns its path; safe to repeat after a crash. */
export async function joinParts(
  folder: string,
  parts: PartRecord[],
  totalBytes: number,
): Promise<string> {
  const offsets: number[] = [];
  for (let i = 0, at = 0; i < parts.length; at += parts[i]?.sizeBytes ?? 0, i++) offsets.push(at);
  const inPlace = (part: PartRecord, i: number) =>
    part.place === "slot" && offsets[i] === slotOffset(part.partNumber);
  // A slot that isn't where it must end up would be overwritten while its neighbours move.
  const aside = parts.some((part, i) => part.place === "slot" && !inPlace(part, i));
  const target = join(folder, aside ? "joined" : "data");
  const to = await open(target, aside ? "w" : "r+");
  try {
    for (const [i, part] of parts.entries()) {
      if (!aside && inPlace(part, i)) continue;
      const { path, start } = placeOf(folder, part);
      const from = await open(path, "r");
      try {
        const toPosition = offsets[i] ?? 0;
        const lengthBytes = part.sizeBytes;
        await copySpan({ from, fromPosition: start, to, toPosition, lengthBytes });
      } finally {
        await from.close();
      }
    }
    await to.truncate(totalBytes);
    await to.sync();
  } finally {
    await to.close();
  }
  return target;
}

/** False when the bytes of a part recorded before `bootMs` are no longer those of its hash. */
export async function areIntact(
  folder: string,
  parts: PartRecord[],
  bootMs: number,
): Promise<boolean> {
  for (const part of parts) {
    const { mtimeMs } = await stat(join(folder, "parts", part.name));
    if (mtimeMs < bootMs && !(await hasHash(folder, part))) return false;
  }
  return true;
}

async function hasHash(folder: string, part: PartRecord): Promise<boolean> {
  const { path, start } = placeOf(folder, part);
  const hash = createHash("sha256");
  if (part.sizeBytes > 0) {
    const end = start + part.sizeBytes - 1;
    for await (const chunk of createReadStream(path, { start, end })) hash.update(chunk);
  }
  return hash.digest("hex") === part.sha256;
}

/** Has files written to the disk beside the upload, so that `complete` has little left to do. */
export function createFlusher(): { flush(path: string): void } {
  const busy = new Set<string>();
  const run = async (path: string) => {
    const handle = await open(path, "r");
    await handle.datasync().finally(() => handle.close());
  };
  return {
    flush(path) {
      if (busy.has(path)) return;
      busy.add(path);
      run(path)
        // A failing disk shows in `complete`, which waits for it.
        .catch(() => {})
        .finally(() => busy.delete(path));
    },
  };
}
