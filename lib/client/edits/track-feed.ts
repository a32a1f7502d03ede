import type { LoggedEdit, PresentPerson, TrackEvents } from "@/lib/tracks/sync-schema";
import { ApiError } from "../api";
import type { EventStream } from "../job-stream";

/** After this many broken streams in a row the track is asked for instead. */
const mostFailures = 3;
const reopenAfterMs = 1_500;
const pollEveryMs = 5_000;
/** How often a stream is tried again while the track is asked for. */
const tryStreamEveryMs = 60_000;
/**
 * A page that nobody looks at for so long gives its stream back: over HTTP/1.1 a browser has six
 * connections for a host, in all its tabs together.
 */
const hiddenForMs = 15_000;

export type TrackChange = TrackEvents["changed"]["what"];

interface FeedOptions {
  trackId: string;
  /** The newest revision that is known. */
  revision: () => number;
  onHello: () => void;
  onEdits: (log: readonly LoggedEdit[]) => void;
  onPresence: (people: readonly PresentPerson[]) => void;
  onChanged: (what: TrackChange) => void;
  /** Asks for the whole track; it is also told why a stream was refused. */
  poll: () => Promise<void>;
  /** It can't be followed any more. */
  onLost: (error: ApiError) => void;
  open?: (url: string) => EventStream;
}

const closed = 2;

/**
 * What others do to a track, as it happens: by server-sent events, which go on where they broke
 * off, and by asking every 5 s once three in a row broke.
 */
export class TrackFeed {
  readonly #options: FeedOptions;
  #stream: EventStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #streamTriedMs = 0;
  #running = false;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#failures = 0;
    this.#connect();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#hiddenTimer);
    this.#stream?.close();
    this.#stream = undefined;
  }

  /** The page is seen again, or isn't any more. */
  seen(visible: boolean): void {
    clearTimeout(this.#hiddenTimer);
    if (visible) this.start();
    else this.#hiddenTimer = setTimeout(() => this.stop(), hiddenForMs);
  }

  #connect(): void {
    const { trackId, revision, open = (url) => new EventSource(url) } = this.#options;
    this.#streamTriedMs = Date.now();
    const url = `/api/v1/tracks/${encodeURIComponent(trackId)}/events?after=${revision()}`;
    const stream = open(url);
    this.#stream = stream;
    const on = <Name extends keyof TrackEvents>(
      name: Name,
      take: (frame: TrackEvents[Name]) => void,
    ) =>
      stream.addEventListener(name, ({ data }) => {
        if (this.#stream !== stream) return;
        this.#failures = 0;
        take(JSON.parse(String(data)) as TrackEvents[Name]);
      });
    on("hello", () => this.#options.onHello());
    on("edits", ({ log }) => this.#options.onEdits(log));
    on("presence", ({ people }) => this.#options.onPresence(people));
    on("changed", ({ what }) => this.#options.onChanged(what));
    stream.addEventListener("error", () => {
      if (this.#stream === stream) this.#broke(stream);
    });
  }

  #broke(stream: EventStream): void {
    this.#failures += 1;
    // The browser opens it again by itself, where it left off.
    if (this.#failures < mostFailures && stream.readyState !== closed) return;
    stream.close();
    this.#stream = undefined;
    void this.#poll();
  }

  /** Also tells why a stream was refused: `EventSource` itself never says. */
  async #poll(): Promise<void> {
    try {
      await this.#options.poll();
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError("internal");
      if (this.#running && !failure.retryable) {
        this.stop();
        this.#options.onLost(failure);
      }
    }
    if (!this.#running) return;
    const tired = Date.now() - this.#streamTriedMs > tryStreamEveryMs;
    const again = this.#failures < mostFailures || tired;
    this.#timer = setTimeout(
      () => (again ? this.#connect() : void this.#poll()),
      again ? reopenAfterMs : pollEveryMs,
    );
  }
}
