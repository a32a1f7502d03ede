import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** An edit that the server hasn't confirmed. */
export interface StoredEdit {
  /** Sortable by time, so that the order of typing is the order of ids. */
  clientOpId: string;
  trackId: string;
  cueId: string;
  text: string;
  /** The revision on the screen when the person began to type. */
  baseRevision: number;
}

/** Where unconfirmed edits survive a closed tab, a crash and a dead network. */
export interface EditStore {
  /** Adds it, or replaces the one of the same id. */
  put(edit: StoredEdit): Promise<void>;
  remove(clientOpIds: readonly string[]): Promise<void>;
  /** In the order of typing. */
  list(trackId: string): Promise<StoredEdit[]>;
}

interface EditDatabase extends DBSchema {
  edits: { key: string; value: StoredEdit; indexes: { byTrack: string } };
}

/**
 * Keeps edits in IndexedDB. Every method rejects where the browser forbids storage; the caller
 * then still has them in memory.
 */
export function indexedDbEditStore(name = "ax2-caption-edits"): EditStore {
  let opening: Promise<IDBPDatabase<EditDatabase>> | undefined;
  const database = () => {
    opening ??= openDB<EditDatabase>(name, 1, {
      upgrade: (db) => {
        db.createObjectStore("edits", { keyPath: "clientOpId" }).createIndex("byTrack", "trackId");
      },
      // A newer version of the page in another tab may not wait for this one.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      terminated: () => {
        opening = undefined;
      },
    });
    return opening;
  };

  return {
    put: async (edit) => {
      const db = await database();
      await db.put("edits", edit);
    },
    remove: async (clientOpIds) => {
      const transaction = (await database()).transaction("edits", "readwrite");
      await Promise.all([
        ...clientOpIds.map((id) => transaction.store.delete(id)),
        transaction.done,
      ]);
    },
    list: async (trackId) => {
      const edits = await (await database()).getAllFromIndex("edits", "byTrack", trackId);
      return edits.sort((a, b) => (a.clientOpId < b.clientOpId ? -1 : 1));
    },
  };
}
