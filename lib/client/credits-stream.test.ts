import { beforeEach, describe, expect, it, vi } from "vitest";
import type { BalanceFrame, CreditsView } from "@/lib/credits/schema";
import type { NoticeView } from "@/lib/notices/schema";
import { ApiError } from "./api";
import { followCredits } from "./credits-stream";
import { historyFileUrl, historyPageKey } from "./use-credits";
import { noticePageKey } from "./use-notices";

/** A browser tab with an event stream that the test speaks through. */
function tab(load: () => Promise<CreditsView> = () => Promise.reject(new ApiError("network"))) {
  const opened: { url: string; closed: boolean; say: (type: string, data?: object) => void }[] = [];
  const balances: BalanceFrame[] = [];
  const notices: string[] = [];
  let changed: () => void = () => {};
  const page = { visibilityState: "visible" as DocumentVisibilityState };
  const stop = followCredits({
    onBalance: (balance) => balances.push(balance),
    onNotice: ({ id }) => notices.push(id),
    load,
    open: (url) => {
      const listeners = new Map<string, (event: { data?: unknown }) => void>();
      const stream = {
        url,
        closed: false,
        say: (type: string, data?: object) => listeners.get(type)?.({ data: JSON.stringify(data) }),
      };
      opened.push(stream);
      return {
        readyState: 1,
        addEventListener: (type, listener) => listeners.set(type, listener),
        close: () => {
          stream.closed = true;
        },
      };
    },
    visibility: Object.assign(page, {
      addEventListener: (_: string, listener: () => void) => {
        changed = listener;
      },
      removeEventListener: () => {
        changed = () => {};
      },
    }) as unknown as Document,
  });
  const show = (visibilityState: DocumentVisibilityState) => {
    page.visibilityState = visibilityState;
    changed();
  };
  return { opened, balances, notices, stop, show, last: () => opened.at(-1) };
}

const frame = (seq: number, at: string): BalanceFrame => ({
  available: seq * 10,
  held: 0,
  posted: seq * 10,
  seq,
  lowLevel: 30,
  unread: 0,
  at,
});
const notice = (id: string, createdAt: string) => ({ id, createdAt }) as NoticeView;
const minute = (n: number) => `2026-11-27T03:0${n}:00.000Z`;

beforeEach(() => {
  vi.useFakeTimers();
});

describe("following credits", () => {
  it("shows each balance, and news once: nothing older than the page", () => {
    const { balances, notices, last } = tab();
    last()?.say("balance", frame(1, minute(1)));
    last()?.say("notice", notice("old", minute(0)));
    last()?.say("notice", notice("new", minute(2)));
    last()?.say("notice", notice("new", minute(2)));
    last()?.say("balance", frame(2, minute(2)));
    expect(balances.map(({ available }) => available)).toEqual([10, 20]);
    expect(notices).toEqual(["new"]);
  });

  it("holds no connection while it is hidden, and goes on from there", () => {
    const { opened, notices, last, show, stop } = tab();
    last()?.say("balance", frame(1, minute(1)));
    show("hidden");
    expect(opened[0]?.closed).toBe(true);
    last()?.say("notice", notice("too late", minute(2)));
    show("visible");
    expect(opened).toHaveLength(2);
    expect(last()?.url).toBe("/api/v1/credits/events?since=2026-11-27T03%3A01%3A00.000Z");
    last()?.say("balance", frame(1, minute(3)));
    last()?.say("notice", notice("missed", minute(2)));
    expect(notices).toEqual(["missed"]);
    stop();
    show("visible");
    expect(opened).toHaveLength(2);
  });

  it("asks when a stream breaks and opens another, less and less often", async () => {
    const answer = { ...frame(5, minute(1)), lots: [], nextExpiry: null };
    const { opened, balances, last } = tab(() => Promise.resolve(answer));
    last()?.say("balance", frame(4, minute(1)));
    const waits = [1_500, 5_000, 15_000, 30_000, 30_000];
    for (const [place, wait] of waits.entries()) {
      last()?.say("error");
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(opened).toHaveLength(place + 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(opened).toHaveLength(place + 2);
    }
    expect(balances[1]).toMatchObject({ available: 50, seq: 5 });
    // The new stream is late: it doesn't take back what is known.
    last()?.say("balance", frame(4, minute(2)));
    expect(balances.at(-1)).toMatchObject({ available: 50, at: minute(2) });
  });

  it("gives up when trying again is no use, until somebody looks again", async () => {
    const { opened, last, show } = tab(() => Promise.reject(new ApiError("unauthenticated")));
    last()?.say("error");
    await vi.advanceTimersByTimeAsync(120_000);
    expect(opened).toHaveLength(1);
    show("hidden");
    show("visible");
    expect(opened).toHaveLength(2);
  });
});

describe("addresses", () => {
  it("leave out what isn't asked for, and go on from the cursor", () => {
    const choice = { kind: "use", q: " 100% & co ", from: "2026-11-01" } as const;
    const query = "kind=use&from=2026-11-01&q=100%25+%26+co";
    expect(historyPageKey({ q: " " }, 0, null)).toBe("/api/v1/credits/history");
    expect(historyPageKey(choice, 1, { entries: [], nextCursor: 7 })).toBe(
      `/api/v1/credits/history?${query}&cursor=7`,
    );
    expect(historyPageKey(choice, 1, { entries: [], nextCursor: null })).toBeNull();
    expect(historyFileUrl(choice)).toBe(`/api/v1/credits/history.csv?${query}`);
    const page = { notices: [], unread: 0, nextCursor: "0198-id" };
    expect(noticePageKey(0, null)).toBe("/api/v1/notices");
    expect(noticePageKey(1, page)).toBe("/api/v1/notices?cursor=0198-id");
    expect(noticePageKey(1, { ...page, nextCursor: null })).toBeNull();
  });
});
