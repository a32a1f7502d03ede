import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { makeFolderFor, postgresHome } from "./postgres-home.mjs";
import { endGroup, identityOf } from "./process-identity.mjs";
import { run } from "./run.mjs";

const databaseName = "ax2";
const databaseUser = "ax2";
/** Recovery after a power cut replays at most a few minutes of writes. */
const readyTimeoutMs = 120_000;

/** Nothing of ours may leak into the server, nor PG* variables of the person's change it. */
const serverEnvironment = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/**
 * Makes the embedded server's data folder when it is missing and takes care of what a killed
 * server left behind.
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.dataDir
 * @param {import("./secrets.mjs").DatabaseSecrets} options.secrets
 * @param {number} options.port
 * @param {import("./household.mjs").Household} options.household
 * @param {import("./log.mjs").Log} options.log
 * @param {string} options.logDir
 * @param {Record<string, string>} [options.settings] of the server, beside ours
 * @returns {Promise<{ service: import("./supervisor.mjs").Service, url: string }>} `url`: of the
 *   product's database
 */
export async function preparePostgres(options) {
  const { root, dataDir, secrets, port, log, settings = {} } = options;
  const home = await postgresHome({ root, dataDir, installationId: secrets.installationId });
  if (!existsSync(path.join(home.cluster, "PG_VERSION"))) {
    await log.step("Making the database", () => initialise(home, options));
  }
  await checkVersion(home, options);
  await endStaleServer(home.cluster);
  return {
    url: embeddedUrl({ secrets, port }),
    service: {
      name: "postgres",
      command: home.postgres,
      args: ["-D", home.cluster, "-p", String(port), ...flags(settings)],
      cwd: "/",
      env: serverEnvironment,
      uid: home.uid,
      gid: home.gid,
      // Fast shutdown: ends the connections, writes a checkpoint.
      stopSignal: "SIGINT",
      graceMs: 6_000,
    },
  };
}

/**
 * Address of the product's database on the embedded server.
 * @param {{ secrets: import("./secrets.mjs").DatabaseSecrets, port: number }} options
 */
export function embeddedUrl({ secrets, port }) {
  const password = encodeURIComponent(secrets.databasePassword);
  return `postgresql://${databaseUser}:${password}@127.0.0.1:${port}/${databaseName}`;
}

/** @param {Record<string, string>} settings */
function flags(settings) {
  const all = {
    ...settings,
    listen_addresses: "127.0.0.1",
    // Its default folder may be closed to the server's user, and nobody needs the socket.
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] ",
  };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * @param {import("./postgres-home.mjs").PostgresHome} home
 * @param {{ secrets: import("./secrets.mjs").DatabaseSecrets, household: import("./household.mjs").Household, logDir: string }} options
 */
async function initialise(home, { secrets, household, logDir }) {
  // Made beside and renamed when whole, so that a start cut short leaves no half a database.
  const draft = `${home.cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  makeFolderFor(draft, home);
  const passwordFile = path.join(os.tmpdir(), `ax2-${process.pid}-${Date.now()}`);
  writeFileSync(passwordFile, `${secrets.databasePassword}\n`, { mode: 0o600, flag: "wx" });
  if (home.uid !== undefined && home.gid !== undefined) {
    chownSync(passwordFile, home.uid, home.gid);
  }
  try {
    await run(household, {
      name: "initdb",
      command: home.initdb,
      args: [
        `--pgdata=${draft}`,
        `--username=${databaseUser}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The server's own Unicode rules: the same everywhere, whatever locales the system has.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
      ],
      cwd: "/",
      env: serverEnvironment,
      uid: home.uid,
      gid: home.gid,
      timeoutMs: 120_000,
      logFile: path.join(logDir, "postgres.log"),
    });
    renameSync(draft, home.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * @param {import("./postgres-home.mjs").PostgresHome} home
 * @param {{ household: import("./household.mjs").Household }} options
 */
async function checkVersion(home, { household }) {
  const data = readFileSync(path.join(home.cluster, "PG_VERSION"), "utf8").trim();
  const { output } = await run(household, {
    name: "postgres --version",
    command: home.postgres,
    args: ["--version"],
    cwd: "/",
    env: serverEnvironment,
    uid: home.uid,
    gid: home.gid,
    timeoutMs: 15_000,
  });
  const server = /(\d+)\./.exec(output)?.[1];
  if (server === data) return;
  throw new Error(
    `The database in ${home.cluster} was made by Postgres ${data}; this version of the product brings ${server}. Carry it over with pg_dump of the old version, or move the folder away to start afresh.`,
  );
}

/**
 * A server that outlived its supervisor still owns the data: it is stopped. A pid file whose pid
 * now belongs to another program would keep Postgres from starting: it is removed. One whose pid
 * is free stays, because Postgres reads from it whether a dead server's children still live.
 * @param {string} cluster
 */
async function endStaleServer(cluster) {
  const pidFile = path.join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!(pid > 0) || identityOf(pid) === undefined) return;
  if (isServerOf(pid, cluster)) {
    await endGroup({ pid, signal: "SIGINT", graceMs: 10_000 });
  } else {
    rmSync(pidFile, { force: true });
  }
}

/**
 * @param {number} pid
 * @param {string} cluster
 */
function isServerOf(pid, cluster) {
  if (process.platform !== "linux") return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(cluster);
  } catch {
    return false;
  }
}

/**
 * Waits until the server answers and makes the product's database when it is missing.
 * @param {{ root: string, url: string, signal: AbortSignal }} options
 */
export async function ensureDatabase({ root, url, signal }) {
  const require = createRequire(path.join(root, "package.json"));
  const { default: pg } = await import(pathToFileURL(require.resolve("pg")).href);
  const maintenance = new URL(url);
  maintenance.pathname = "/postgres";
  const deadlineMs = Date.now() + readyTimeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const client = new pg.Client({
      connectionString: maintenance.toString(),
      connectionTimeoutMillis: 5_000,
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      const known = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [
        databaseName,
      ]);
      if (known.rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
      return;
    } catch (error) {
      if (Date.now() > deadlineMs) {
        throw new Error("The embedded Postgres doesn't answer.", { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
