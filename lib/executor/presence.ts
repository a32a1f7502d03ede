import "server-only";
import { randomInt } from "node:crypto";
import pg from "pg";
import { channel, lockSpace } from "./repo";

/**
 * That this process is alive, as the database sees it: a connection of its own with an advisory
 * lock on the process's number. The server lets go of the lock the moment the process dies, so
 * others take over its calls at once. The same connection hears notifications.
 */
export interface Presence {
  /** Number of this process in leases, from 1. */
  owner: number;
  client: pg.Client;
  /** Gives the connection up, because a query on it failed. */
  lose(error: unknown): void;
  close(): Promise<void>;
}

/** `onLost` is called once when the connection breaks: all leases are lost with it. */
export async function openPresence(options: {
  databaseUrl: string;
  onNotify: (payload: string) => void;
  onLost: (error: unknown) => void;
}): Promise<Presence> {
  const owner = randomInt(1, 2 ** 31 - 1);
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: "ax2-executor-presence",
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  let open = true;
  const lost = (error: unknown) => {
    if (!open) return;
    open = false;
    options.onLost(error);
    client.end().catch(() => undefined);
  };
  client.on("error", lost);
  client.on("end", () => lost(new Error("the connection ended")));
  client.on("notification", ({ payload }) => options.onNotify(payload ?? ""));
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock($1, $2)", [lockSpace, owner]);
    await client.query(`LISTEN ${channel}`);
  } catch (error) {
    lost(error);
    throw error;
  }
  return {
    owner,
    client,
    lose: lost,
    async close() {
      open = false;
      await client.end();
    },
  };
}
