import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * What this installation must keep to itself, made once and kept in `secrets.json`, readable by
 * its owner only.
 * @typedef {object} Secrets
 * @property {string} authSecret signs sessions and upload tokens
 * @property {string} databasePassword of the embedded Postgres
 * @property {string} installationId names this installation's folders outside of the data folder
 * @property {string} paymentsClientKey of the practice Toss; looks like one of Toss's test keys
 * @property {string} paymentsSecretKey of the practice Toss
 */

/**
 * What the embedded Postgres is made with.
 * @typedef {Pick<Secrets, "databasePassword" | "installationId">} DatabaseSecrets
 */

/**
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function readSecrets(dataDir) {
  const file = path.join(dataDir, "secrets.json");
  const known = readJson(file);
  const secrets = {
    authSecret: known.authSecret ?? randomBytes(32).toString("base64url"),
    databasePassword: known.databasePassword ?? randomBytes(24).toString("base64url"),
    installationId: known.installationId ?? randomBytes(6).toString("hex"),
    paymentsClientKey:
      known.paymentsClientKey ?? `test_ck_sandbox_${randomBytes(12).toString("hex")}`,
    paymentsSecretKey:
      known.paymentsSecretKey ?? `test_sk_sandbox_${randomBytes(24).toString("hex")}`,
  };
  if (Object.keys(secrets).some((name) => !(name in known))) {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    // Renamed into place: a crash never leaves half a file, which would lock out the database.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify({ ...known, ...secrets }, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  }
  return secrets;
}

/**
 * The secrets of an installation that has been started before; makes none.
 * @param {string} dataDir
 * @returns {Secrets | undefined}
 */
export function knownSecrets(dataDir) {
  const known = readJson(path.join(dataDir, "secrets.json"));
  const isWhole = known.authSecret && known.databasePassword && known.installationId;
  return isWhole ? /** @type {Secrets} */ (known) : undefined;
}

/**
 * @param {string} file
 * @returns {Partial<Secrets>}
 */
function readJson(file) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return {};
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `${file} is damaged. It holds the database's password: restore it from a copy, or move the whole data folder away to start afresh.`,
    );
  }
}
