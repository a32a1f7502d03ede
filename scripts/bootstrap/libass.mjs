import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isStamped, stamp } from "./stamp.mjs";

/**
 * Makes the files of libass for browsers (jassub) in public/libass, unless they are there: the
 * script and its worker as one module each, the programs and the licence as they are. The pages'
 * own bundler can't take them in: the worker names itself, and it waits for that for ever.
 * @param {string} root
 */
export async function ensureLibass(root) {
  const from = path.join(root, "node_modules/jassub");
  const to = path.join(root, "public/libass");
  const { version } = JSON.parse(readFileSync(path.join(from, "package.json"), "utf8"));
  const stampFile = path.join(to, "version");
  const made = `${version} without polyfill`;
  if (isStamped(stampFile, made)) return;
  mkdirSync(to, { recursive: true });
  const { build } = await import("esbuild");
  await build({
    entryPoints: {
      jassub: path.join(from, "dist/jassub.js"),
      worker: path.join(from, "dist/worker/worker.js"),
    },
    outdir: to,
    bundle: true,
    format: "esm",
    target: "es2022",
    legalComments: "inline",
    logLevel: "error",
    // Files that only other ways of use ask for.
    external: ["*.wasm", "*.woff2"],
    plugins: [withoutPolyfill],
  });
  for (const name of ["jassub-worker.wasm", "jassub-worker-modern.wasm"]) {
    copyFileSync(path.join(from, "dist/wasm", name), path.join(to, name));
  }
  copyFileSync(path.join(from, "LICENSE"), path.join(to, "LICENSE.txt"));
  stamp(stampFile, made);
}

/**
 * Leaves out rvfc-polyfill, which is under the GPL: it helps old browsers to follow a video element,
 * and the player tells the time here.
 * @type {import("esbuild").Plugin}
 */
const withoutPolyfill = {
  name: "without-polyfill",
  setup(build) {
    build.onResolve({ filter: /^rvfc-polyfill$/ }, ({ path: name }) => ({
      path: name,
      namespace: "left-out",
    }));
    build.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "" }));
  },
};
