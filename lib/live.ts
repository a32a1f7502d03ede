import "server-only";
import type pg from "pg";
import { dedicatedConnection } from "./db";
import { log } from "./log";

type Listener = (payload: string) => void;

/**
 * Postgres notifications for this process over one connection: many listeners, one LISTEN
 * a channel, opened again when the connection breaks. A notification is only a hint to look at the
 * rows; listeners are also called (with "") after a break, because hints may have been missed.
 */
class LiveChannels {
  #listeners = new Map<string, Set<Listener>>();
  #client: pg.Client | undefined;
  #opening: Promise<void> | undefined;

  async subscribe(channel: string, listener: Listener): Promise<() => void> {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners);
    listeners.add(listener);
    await this.#open();
    if (listeners.size === 1) await this.#client?.query(`LISTEN "${channel}"`);
    return () => {
      listeners.delete(listener);
    };
  }

  #open(): Promise<void> {
    this.#opening ??= this.#connect().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #connect(): Promise<void> {
    const client = dedicatedConnection();
    client.on("notification", ({ channel, payload }) => this.#emit(channel, payload ?? ""));
    client.on("error", (error) => this.#broken(client, error));
    client.on("end", () => this.#broken(client));
    await client.connect();
    this.#client = client;
    for (const channel of this.#listeners.keys()) await client.query(`LISTEN "${channel}"`);
  }

  #broken(client: pg.Client, error?: Error): void {
    if (this.#client !== client) return;
    log("live").warn({ err: error }, "the notification connection broke");
    this.#client = undefined;
    this.#reopenSoon();
  }

  #reopenSoon(): void {
    this.#opening = undefined;
    setTimeout(() => {
      this.#open().then(
        () => {
          for (const channel of this.#listeners.keys()) this.#emit(channel, "");
        },
        () => this.#reopenSoon(),
      );
    }, 1_000).unref();
  }

  #emit(channel: string, payload: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(payload);
  }
}

const holder = globalThis as typeof globalThis & { ax2Live?: LiveChannels };

/**
 * Calls `listener` with the payload of each notification on `channel` (letters and underscores).
 * Answers a function that ends the subscription.
 */
export function subscribe(channel: string, listener: Listener): Promise<() => void> {
  holder.ax2Live ??= new LiveChannels();
  return holder.ax2Live.subscribe(channel, listener);
}
