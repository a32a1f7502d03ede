import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { RecordStore, UploadRecord } from "./ports";

interface Schema extends DBSchema {
  uploads: { key: string; value: UploadRecord };
}

/**
 * A file put into IndexedDB is copied by the browser and survives a reload without asking anybody.
 * Larger ones would cost the disk twice their size and the person a wait; those come back through
 * their handle or by picking them again.
 */
export const KEEP_FILE_BYTES = 256 * 1024 ** 2;

/** Unfinished uploads in IndexedDB. Where it is missing or full, nothing is kept. */
export function createRecordStore(name = "uploads"): RecordStore {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opening ??= openDB<Schema>(name, 1, {
      upgrade: (db) => void db.createObjectStore("uploads", { keyPath: "id" }),
    });
    return opening;
  };
  return {
    async put(record) {
      const { file, ...rest } = record;
      const small = file && file.size <= KEEP_FILE_BYTES && !record.handle;
      const candidates = [small ? record : rest, rest, withoutHandle(rest)];
      for (const candidate of candidates) {
        try {
          await (await database()).put("uploads", candidate);
          return;
        } catch {
          // No room for the file, or a browser that can't store handles: less is kept.
        }
      }
    },
    async remove(id) {
      await database()
        .then((db) => db.delete("uploads", id))
        .catch(() => {});
    },
    async all() {
      const records = await database()
        .then((db) => db.getAll("uploads"))
        .catch(() => []);
      return records.toSorted((a, b) => a.addedAtMs - b.addedAtMs);
    },
  };
}

function withoutHandle({ handle: _handle, ...rest }: UploadRecord): UploadRecord {
  return rest;
}
