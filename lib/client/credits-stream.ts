import type { BalanceFrame, CreditsView } from "@/lib/credits/schema";
import type { NoticeView } from "@/lib/notices/schema";
import { ApiError, api } from "./api";
import type { EventStream } from "./job-stream";

const url = "/api/v1/credits";
/** Waits before a broken stream is opened again, in ms; the last one goes on. */
const reopenAfterMs = [1_500, 5_000, 15_000, 30_000] as const;
/** Most ids of notices that are remembered. */
const rememberedIds = 500;

interface FollowCreditsOptions {
  onBalance: (balance: BalanceFrame) => void;
  /** News only: nothing older than the page, nothing twice, also over broken streams. */
  onNotice: (notice: NoticeView) => void;
  open?: (url: string) => EventStream;
  load?: (url: string) => Promise<CreditsView>;
  /** Whether somebody can see the page, and word when that changes. */
  visibility?: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
}

/**
 * Follows the credits and notices of whoever is signed in, while the page can be seen. A hidden
 * tab holds no connection: over HTTP/1.1 a browser has six for a host in all its tabs, and a few
 * forgotten ones would leave none for the tab in use. What was missed comes with the next stream.
 * Answers what stops it.
 */
export function followCredits(options: FollowCreditsOptions): () => void {
  const follower = new CreditsFollower(options);
  follower.start();
  return () => follower.stop();
}

class CreditsFollower {
  #onBalance: FollowCreditsOptions["onBalance"];
  #onNotice: FollowCreditsOptions["onNotice"];
  #open: (url: string) => EventStream;
  #load: (url: string) => Promise<CreditsView>;
  #visibility: NonNullable<FollowCreditsOptions["visibility"]>;
  #stream: EventStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #balance: BalanceFrame | undefined;
  /** The server's time of the first frame: what is older than the page is no news. */
  #bornAt: string | undefined;
  #seen = new Set<string>();

  constructor(options: FollowCreditsOptions) {
    this.#onBalance = options.onBalance;
    this.#onNotice = options.onNotice;
    this.#open = options.open ?? ((address) => new EventSource(address));
    this.#load = options.load ?? ((address) => api<CreditsView>(address));
    this.#visibility = options.visibility ?? document;
  }

  start(): void {
    this.#visibility.addEventListener("visibilitychange", this.#seenOrHidden);
    this.#seenOrHidden();
  }

  stop(): void {
    this.#visibility.removeEventListener("visibilitychange", this.#seenOrHidden);
    this.#close();
  }

  #seenOrHidden = (): void => {
    if (this.#visibility.visibilityState === "hidden") this.#close();
    else if (!this.#stream) this.#connect();
  };

  #close(): void {
    this.#stream?.close();
    this.#stream = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #connect(): void {
    clearTimeout(this.#timer);
    const since = this.#balance?.at;
    const query = since === undefined ? "" : `?since=${encodeURIComponent(since)}`;
    const stream = this.#open(`${url}/events${query}`);
    this.#stream = stream;
    const current = (hear: (data: unknown) => void) => (event: { data?: unknown }) => {
      if (this.#stream === stream) hear(event.data);
    };
    stream.addEventListener(
      "balance",
      current((data) => this.#showBalance(JSON.parse(String(data)) as BalanceFrame)),
    );
    stream.addEventListener(
      "notice",
      current((data) => this.#showNotice(JSON.parse(String(data)) as NoticeView)),
    );
    stream.addEventListener(
      "error",
      current(() => void this.#broke()),
    );
  }

  /** Asks once, which also tells why a stream was refused, and tries again later if that helps. */
  async #broke(): Promise<void> {
    this.#close();
    const again = reopenAfterMs[Math.min(this.#failures, reopenAfterMs.length - 1)];
    this.#failures += 1;
    // Set first: a page that is hidden or stopped meanwhile takes it away again.
    this.#timer = setTimeout(() => this.#connect(), again);
    const timer = this.#timer;
    try {
      const { lots: _lots, nextExpiry: _next, ...balance } = await this.#load(url);
      if (this.#timer === timer && this.#balance) this.#merge({ ...this.#balance, ...balance });
    } catch (error) {
      if (error instanceof ApiError && !error.retryable) clearTimeout(timer);
    }
  }

  #showBalance(frame: BalanceFrame): void {
    this.#failures = 0;
    this.#bornAt ??= frame.at;
    this.#merge(frame);
  }

  /** A slow answer must not take back what the stream has already said. */
  #merge(frame: BalanceFrame): void {
    const before = this.#balance;
    const newer = before && before.seq > frame.seq ? { ...before, at: frame.at } : frame;
    this.#balance = newer;
    this.#onBalance(newer);
  }

  #showNotice(notice: NoticeView): void {
    if (this.#seen.has(notice.id)) return;
    this.#seen.add(notice.id);
    if (this.#seen.size > rememberedIds) {
      const [oldest] = this.#seen;
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    if (this.#bornAt !== undefined && notice.createdAt >= this.#bornAt) this.#onNotice(notice);
  }
}
