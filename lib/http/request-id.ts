import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { newId } from "@/lib/ids";

/**
 * Where proxy.ts notes the id of a page's answer, over whatever the caller wrote there: what a page
 * or its form does runs outside of `asRequest`.
 */
export const requestIdHeader = "x-ax2-request-id";

const store = new AsyncLocalStorage<string>();

/** Runs `work` as the request with this id. */
export function asRequest<T>(requestId: string, work: () => Promise<T>): Promise<T> {
  return store.run(requestId, work);
}

/** The id that the answer of the request at hand carries; a new one outside of any. */
export function currentRequestId(): string {
  return knownRequestId() ?? newId();
}

/** The same; undefined outside of any. */
export function knownRequestId(): string | undefined {
  return store.getStore();
}
