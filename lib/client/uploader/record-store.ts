import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { RecordStore, UploadRecord } from "./ports";

interface Schema extends DBSchema {
  uploads: { key: string; value: Omit<UploadRecord, "file"> };
  files: { key: string; value: File };
}
type Database = IDBPDatabase<Schema>;

/** Kept where the browser doesn't say how much room it has. */
const KEPT_UNASKED_BYTES = 256 * 1024 ** 2;

/** Bytes this site may still store; undefined where the browser doesn't say. */
export type RoomLeft = () => Promise<number | undefined>;

async function browserRoomLeft(): Promise<number | undefined> {
  const { quota, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota === undefined ? undefined : quota - usage;
}

/**
 * Unfinished uploads in IndexedDB. A file put there is copied by the browser (at disk speed), so
 * that the upload goes on after a reload without asking anybody. It has a store of its own: each
 * change of a record would copy it again. Where there is no room, no file is kept; where there is
 * no IndexedDB, nothing is.
 */
export function createRecordStore(
  options: { name?: string; roomLeft?: RoomLeft } = {},
): RecordStore {
  const { name = "uploads", roomLeft = browserRoomLeft } = options;
  const keptFiles = new Set<string>();
  const removed = new Set<string>();
  let opening: Promise<Database> | undefined;
  const database = () => {
    opening ??= openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore("uploads", { keyPath: "id" });
        db.createObjectStore("files");
      },
    });
    return opening;
  };
  const keepFile = async (id: string, file: File) => {
    if (keptFiles.has(id) || !(await hasRoom(file, roomLeft))) return;
    keptFiles.add(id);
    const db = await database();
    await db.put("files", file, id);
    if (removed.has(id)) await db.delete("files", id);
  };
  return {
    async put({ file, ...record }) {
      const db = await database().catch(() => undefined);
      // Some browsers refuse to store handles: the rest is kept without.
      await db
        ?.put("uploads", record)
        .catch(() => db.put("uploads", withoutHandle(record)))
        .catch(() => {});
      // Copying gigabytes takes seconds; sending needn't wait.
      if (file) void keepFile(record.id, file).catch(() => {});
    },
    async remove(id) {
      removed.add(id);
      await database()
        .then((db) => Promise.all([db.delete("uploads", id), db.delete("files", id)]))
        .catch(() => {});
    },
    async all() {
      return database()
        .then(readAll)
        .then((records) => {
          for (const { id, file } of records) if (file) keptFiles.add(id);
          return records;
        })
        .catch(() => []);
    },
  };
}

async function hasRoom(file: File, roomLeft: RoomLeft): Promise<boolean> {
  const bytes = await roomLeft().catch(() => undefined);
  return bytes === undefined ? file.size <= KEPT_UNASKED_BYTES : file.size * 2 <= bytes;
}

async function readAll(db: Database): Promise<UploadRecord[]> {
  const records = await db.getAll("uploads");
  const whole = records.map(async (record) => {
    const file = await db.get("files", record.id);
    return file ? { ...record, file } : record;
  });
  return (await Promise.all(whole)).toSorted((a, b) => a.addedAtMs - b.addedAtMs);
}

function withoutHandle<T extends { handle?: unknown }>(record: T): Omit<T, "handle"> {
  const { handle: _handle, ...rest } = record;
  return rest;
}
