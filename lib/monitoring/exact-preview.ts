import "server-only";
import { access } from "node:fs/promises";
import path from "node:path";

/** What a browser loads for the exact preview; made by scripts/bootstrap/libass.mjs. */
const files = ["jassub.js", "worker.js", "jassub-worker.wasm", "jassub-worker-modern.wasm"];

/** Whether all of them are there. `folder`: where they are served from. */
export async function hasExactPreview(
  folder = path.join(process.cwd(), "public/libass"),
): Promise<boolean> {
  const found = await Promise.allSettled(
    files.map((name) => access(path.join(/* turbopackIgnore: true */ folder, name))),
  );
  return found.every(({ status }) => status === "fulfilled");
}
