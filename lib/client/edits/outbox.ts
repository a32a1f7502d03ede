import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Cue } from "@/lib/subtitles/model";
import type { EditOperation } from "@/lib/subtitles/operations";

/** An edit that the server hasn't confirmed. */
export interface OutboxEdit {
  clientOpId: string;
  trackId: string;
  groupId: string;
  /** The group that it takes back. */
  undoes?: string;
  carry?: boolean;
  operation: EditOperation;
  /** The newest revision of which everything had been seen when it was made. */
  base: number;
  /** Edits of a track are sent in this order. */
  order: number;
  /** The tab that it was made in; each of its edits knows of those before. */
  chain: string;
  /** Other tabs, gone by then, whose edits before this one were in sight. */
  sees: string[];
  /** The tab that sees to it now. */
  owner: string;
  /** Whose it is; null: from before that was noted. */
  actorId: string | null;
  /** `base` holds whatever the chain has seen since: something clashed, or might have. */
  fixed: boolean;
  /** The cues as they would be after it, as far as they are few: to bring back one that is gone. */
  cues?: Cue[];
}

/** How far the edits of a tab have been compared with what others did. */
interface ChainRecord {
  key: string;
  checkedTo: number;
}

/** What changes together: all of it or nothing, also in a crash. */
export interface OutboxChange {
  put?: readonly OutboxEdit[];
  remove?: readonly string[];
  /** All of the chain's edits that aren't `fixed` have seen this revision; null: it has none. */
  checked?: { trackId: string; chain: string; checkedTo: number | null };
}

/** Where unconfirmed edits survive a closed tab, a crash and a dead network. */
export interface Outbox {
  change(change: OutboxChange): Promise<void>;
  /** In the order in which they were made, each with the newest base that is known for it. */
  list(trackId: string): Promise<OutboxEdit[]>;
}

/** As version 1 kept them: texts only. */
interface FirstEdit {
  clientOpId: string;
  trackId: string;
  cueId: string;
  text: string;
  baseRevision: number;
}

interface OutboxDatabase extends DBSchema {
  edits: { key: string; value: FirstEdit };
  outbox: { key: string; value: OutboxEdit; indexes: { byTrack: string } };
  chains: { key: string; value: ChainRecord };
}

/** The tab of edits from before tabs had names: none that lives. */
const nobody = "before-tabs";

/**
 * Keeps edits in IndexedDB. Every method rejects where the browser forbids storage; the caller
 * then still has them in memory.
 */
export function indexedDbOutbox(name = "ax2-caption-edits"): Outbox {
  let opening: Promise<IDBPDatabase<OutboxDatabase>> | undefined;
  const forget = () => {
    opening = undefined;
  };
  const database = () => {
    opening ??= openOutbox(name, forget);
    opening.catch(forget);
    return opening;
  };
  return {
    change: async ({ put = [], remove = [], checked }) => {
      const db = await database();
      const transaction = db.transaction(["outbox", "chains"], "readwrite", {
        durability: "strict",
      });
      const edits = transaction.objectStore("outbox");
      const work: Promise<unknown>[] = [];
      for (const edit of put) work.push(edits.put(edit));
      for (const id of remove) work.push(edits.delete(id));
      if (checked) {
        const { checkedTo } = checked;
        const key = chainKey(checked.trackId, checked.chain);
        const chains = transaction.objectStore("chains");
        work.push(checkedTo === null ? chains.delete(key) : chains.put({ key, checkedTo }));
      }
      // Not left to the page, which may be on its way out.
      transaction.commit();
      await Promise.all([...work, transaction.done]);
    },
    list: async (trackId) => {
      const db = await database();
      const transaction = db.transaction(["outbox", "chains"]);
      const edits = await transaction.objectStore("outbox").index("byTrack").getAll(trackId);
      const chains = [...new Set(edits.map(({ chain }) => chainKey(trackId, chain)))];
      const records = await Promise.all(
        chains.map((key) => transaction.objectStore("chains").get(key)),
      );
      const checked = new Map(records.map((record) => [record?.key, record?.checkedTo ?? 0]));
      return edits
        .map((edit) => {
          const checkedTo = checked.get(chainKey(trackId, edit.chain)) ?? 0;
          return edit.fixed ? edit : { ...edit, base: Math.max(edit.base, checkedTo) };
        })
        .sort((a, b) => a.order - b.order || (a.clientOpId < b.clientOpId ? -1 : 1));
    },
  };
}

/** Of an edit, what is kept on this machine. */
export function rowOf(edit: OutboxEdit): OutboxEdit {
  const { clientOpId, trackId, groupId, undoes, carry, operation } = edit;
  const { base, order, chain, sees, owner, actorId, fixed, cues } = edit;
  return {
    ...{ clientOpId, trackId, groupId, operation, base, order },
    ...{ chain, sees, owner, actorId, fixed },
    ...(undoes !== undefined && { undoes }),
    ...(carry !== undefined && { carry }),
    ...(cues !== undefined && { cues }),
  };
}

const chainKey = (trackId: string, chain: string) => `${trackId} ${chain}`;

function openOutbox(name: string, forget: () => void): Promise<IDBPDatabase<OutboxDatabase>> {
  return openDB<OutboxDatabase>(name, 2, {
    upgrade: async (db, before, _now, transaction) => {
      db.createObjectStore("outbox", { keyPath: "clientOpId" }).createIndex("byTrack", "trackId");
      db.createObjectStore("chains", { keyPath: "key" });
      if (before < 1) return;
      const left = await transaction.objectStore("edits").getAll();
      const outbox = transaction.objectStore("outbox");
      left.sort((a, b) => (a.clientOpId < b.clientOpId ? -1 : 1));
      await Promise.all(left.map((edit, i) => outbox.put(fromFirst(edit, i))));
      db.deleteObjectStore("edits");
    },
    // A newer version of the page in another tab may not wait for this one.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
}

function fromFirst(edit: FirstEdit, order: number): OutboxEdit {
  const { clientOpId, trackId, cueId, text, baseRevision } = edit;
  return {
    clientOpId,
    trackId,
    groupId: clientOpId,
    operation: { kind: "setText", cueId, text },
    base: baseRevision,
    order,
    chain: nobody,
    sees: [],
    owner: nobody,
    actorId: null,
    fixed: false,
  };
}
