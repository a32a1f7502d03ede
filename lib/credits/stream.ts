import "server-only";
import type { ServerSentEvent } from "@/lib/http/server-sent-events";
import { subscribe } from "@/lib/live";
import { latestNotices, noticesChannel, unreadCount } from "@/lib/notices/service";
import { Waker } from "@/lib/waker";
import { creditsChannel } from "./ledger-repo";
import { readBalance } from "./overview";
import type { BalanceFrame } from "./schema";

/** A lost notification costs at most this long, in ms. */
const lookAgainMs = 15_000;
/**
 * A notice shows when its transaction ends and is dated when it began: no transaction may take
 * longer than this (`lib/transaction.ts`), in ms.
 */
const overlapMs = 20_000;

interface Follow {
  ownerId: string;
  /** ms; notices from here on are told. */
  sinceMs?: number | undefined;
  /** Fires when nobody listens any more. */
  signal?: AbortSignal;
}

/**
 * An account's balance, at once and at each change, and its notices as they come. The caller may
 * get a notice again that came shortly before `sinceMs`, and knows it by its id.
 */
export async function* creditsFrames(options: Follow): AsyncGenerator<ServerSentEvent> {
  const { ownerId, signal } = options;
  const waker = new Waker();
  const wake = () => waker.wake();
  const hint = (payload: string) => {
    if (payload === ownerId || payload === "") wake();
  };
  signal?.addEventListener("abort", wake, { once: true });
  const unsubscribe: (() => void)[] = [];
  try {
    for (const channel of [creditsChannel, noticesChannel]) {
      unsubscribe.push(await subscribe(channel, hint));
    }
    yield* changes(options, waker);
  } finally {
    signal?.removeEventListener("abort", wake);
    for (const each of unsubscribe) each();
  }
}

async function* changes(options: Follow, waker: Waker): AsyncGenerator<ServerSentEvent> {
  const { ownerId, sinceMs = Date.now(), signal } = options;
  let id = 0;
  let shown = "";
  let fromMs = sinceMs;
  /** Ids told, with when they were made; forgotten once `fromMs` is past them. */
  const told = new Map<string, number>();
  // Aborting must end the loop itself: a generator that sleeps can't be told to return.
  while (!signal?.aborted) {
    const nowMs = Date.now();
    const [balance, unread] = await Promise.all([readBalance(ownerId), unreadCount(ownerId)]);
    const state = JSON.stringify([balance, unread]);
    if (state !== shown) {
      shown = state;
      const data: BalanceFrame = { ...balance, unread, at: new Date(nowMs).toISOString() };
      yield { id: ++id, event: "balance", data };
    }
    const news = await latestNotices(ownerId, fromMs - overlapMs, [...told.keys()]);
    for (const notice of news) {
      told.set(notice.id, Date.parse(notice.createdAt));
      yield { id: ++id, event: "notice", data: notice };
    }
    fromMs = Math.max(fromMs, nowMs - overlapMs);
    for (const [noticeId, atMs] of told) if (atMs < fromMs - overlapMs) told.delete(noticeId);
    await waker.sleep(lookAgainMs);
  }
}
