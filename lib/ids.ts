/** How many ids of one millisecond a process keeps in order: what 12 bits hold. */
const idsPerMs = 2 ** 12;
let last = { atMs: 0, count: 0 };

/**
 * A sortable 128-bit id (UUIDv7, RFC 9562): the first 48 bits are the milliseconds of its making,
 * the next 12 count the ids that this process made in the same one, so that they sort as they were
 * made, and the rest is random. Works in the browser and on the server.
 */
export function newId(nowMs: number = Date.now()): string {
  const count = nowMs === last.atMs ? (last.count + 1) % idsPerMs : 0;
  last = { atMs: nowMs, count };
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = nowMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | (count >> 8);
  bytes[7] = count & 0xff;
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for the textual form that `newId` makes; anything else never reaches the database. */
export function isId(value: string): boolean {
  return uuidPattern.test(value);
}
