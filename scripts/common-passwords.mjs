/**
 * Makes lib/accounts/common-passwords.bin: the passwords that lists of leaked ones hold most often,
 * as sorted hashes (see lib/accounts/common-passwords.ts). Run by hand, when a list is renewed:
 *
 *   node scripts/common-passwords.mjs <list>... --long <list>...
 *
 * A list has a password a line. Of those after `--long` only passwords count that are long enough
 * to be chosen here. The packaged file was made from
 *
 * - the top 100,000 of "10 million passwords" (SecLists, MIT licence) and NCSC's top 100,000 from
 *   Have I Been Pwned (Open Government Licence 3.0), whole:
 *   10-million-password-list-top-100000.txt, 100k-most-used-passwords-NCSC.txt
 * - the top 1,000,000 of "10 million passwords" after `--long`:
 *   10-million-password-list-top-1000000.txt
 *
 * all found in SecLists under Passwords/Common-Credentials. Contains public sector information
 * licensed under the Open Government Licence v3.0.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** As in lib/accounts/common-passwords.ts; a test compares. */
const entryBytes = 6;
/** Least characters of a new password; as in lib/accounts/schema.ts. */
const longEnough = 12;

function entryOf(password) {
  const folded = password.normalize("NFC").toLowerCase().normalize("NFC");
  return createHash("sha256").update(folded).digest().readUIntBE(0, entryBytes);
}

/** The packaged form of `whole` and of the long ones of `long`: sorted, each once. */
export function packPasswords(whole, long = []) {
  const chosen = [...whole, ...long.filter((password) => password.length >= longEnough)];
  const entries = [...new Set(chosen.filter(Boolean).map(entryOf))].sort((a, b) => a - b);
  const packed = Buffer.alloc(entries.length * entryBytes);
  entries.forEach((entry, index) => {
    packed.writeUIntBE(entry, index * entryBytes, entryBytes);
  });
  return packed;
}

function readLists(files) {
  return files.flatMap((file) => readFileSync(file, "utf8").split(/\r?\n/));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const files = process.argv.slice(2);
  const cut = files.includes("--long") ? files.indexOf("--long") : files.length;
  const packed = packPasswords(readLists(files.slice(0, cut)), readLists(files.slice(cut + 1)));
  const target = path.join(import.meta.dirname, "../lib/accounts/common-passwords.bin");
  writeFileSync(target, packed);
  process.stdout.write(`${packed.length / entryBytes} passwords, ${packed.length} bytes\n`);
}
