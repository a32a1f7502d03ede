import "server-only";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

/**
 * The packaged list: the first 6 bytes of the SHA-256 of each password in lower case and NFC,
 * sorted. 187,039 of them: two lists of the 100,000 most leaked ones, and of a third list of a
 * million those long enough to be chosen here. Where they are from, under which licences, and how
 * to renew it: scripts/common-passwords.mjs. A password that isn't on the list is taken for one
 * that is with a chance of 187,039 in 2^48, 7 in 10 thousand million.
 */
// Not `new URL(…, import.meta.url)`: in a page's bundle that is no address of a file.
const file = path.join(process.cwd(), "lib/accounts/common-passwords.bin");
const entryBytes = 6;

let packaged: Promise<Buffer> | undefined;

/** Letters in lower case and one form, as the list has them. */
function fold(password: string): string {
  return password.normalize("NFC").toLowerCase().normalize("NFC");
}

/** Whether `list`, sorted entries one after the other, has `password`: 18 looks. */
export function listHas(list: Buffer, password: string): boolean {
  const wanted = createHash("sha256").update(fold(password)).digest().readUIntBE(0, entryBytes);
  let from = 0;
  let to = list.length / entryBytes;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const entry = list.readUIntBE(middle * entryBytes, entryBytes);
    if (entry === wanted) return true;
    if (entry < wanted) from = middle + 1;
    else to = middle;
  }
  return false;
}

const dressing = String.raw`[\p{N}\p{P}\p{S}\s]`;
const before = new RegExp(`^${dressing}{0,4}`, "u");
/** A date and a sign are the longest that people append. */
const after = new RegExp(`${dressing}{0,9}$`, "u");
const between = [new RegExp(`${dressing}+`, "u"), /[\p{P}\p{S}\s]+/u];

/** `whole` with fewer and fewer of the digits and signs at its ends. */
function trimmed(whole: string): string[] {
  const most = {
    start: before.exec(whole)?.[0].length ?? 0,
    end: after.exec(whole)?.[0].length ?? 0,
  };
  const starts = Array.from({ length: most.start + 1 }, (_, index) => index);
  const ends = Array.from({ length: most.end + 1 }, (_, index) => whole.length - index);
  // Digits alone without some others are another number, not the same one dressed up.
  return starts
    .flatMap((start) => ends.map((end) => whole.slice(start, end)))
    .filter((core) => /\p{L}/u.test(core) && core.length * 2 >= whole.length);
}

/** The word that `whole` repeats with digits or signs between. */
function repeated(whole: string, separator: RegExp): string[] {
  const [word = "", ...others] = whole.split(separator).filter(Boolean);
  if (others.length === 0 || others.some((other) => other !== word)) return [];
  return word.length * (others.length + 1) * 2 >= whole.length ? [word] : [];
}

/**
 * What `password` is without its dressing, itself first: digits and signs at its ends, the same
 * word again and again. Cracking programs put these on every listed word before they try anything
 * else. What is left makes up at least half of the password: a short word beside many random
 * digits isn't guessed with the word.
 */
export function coresOf(password: string): string[] {
  const whole = fold(password);
  const words = between.flatMap((separator) => repeated(whole, separator));
  const cores = [whole, ...trimmed(whole), ...words];
  return [...new Set(cores.flatMap((core) => [core, core.replace(/^(.+?)\1+$/su, "$1")]))];
}

/** Whether `password`, or what it is a dressed-up form of, is on the packaged list. */
export async function isCommonPassword(password: string): Promise<boolean> {
  packaged ??= readFile(file);
  const list = await packaged;
  return coresOf(password).some((core) => listHas(list, core));
}
