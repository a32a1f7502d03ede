import "server-only";
import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Lets `write` fill a file beside `output` and moves it there when it is whole: nobody ever reads
 * half a file under the final name, and a failed run leaves nothing.
 */
export async function writeWhole(
  output: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const target = path.resolve(output);
  const temporary = path.join(path.dirname(target), `.${randomUUID()}.part`);
  try {
    await write(temporary);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
}
