/** Tiles that failed are asked for again after this long, ms. */
const retryAfterMs = 4_000;
const atOnce = 4;
/** Tiles that wait longer than so many others were scrolled past. */
const longestQueue = 12;

interface TileCacheOptions<Tile> {
  load: (number: number, signal: AbortSignal) => Promise<Tile>;
  /** How many tiles are kept; those not looked at for longest go. */
  keep: number;
  /** A tile has come. */
  onTile: (tile: Tile) => void;
  now?: () => number;
}

/**
 * Numbered pieces of something too long to be loaded whole. What is looked at comes, the newest
 * wish first, and goes again when other pieces were looked at since.
 */
export class TileCache<Tile> {
  readonly #options: TileCacheOptions<Tile>;
  readonly #tiles = new Map<number, Tile>();
  readonly #failedAt = new Map<number, number>();
  readonly #loading = new Set<number>();
  readonly #aborter = new AbortController();
  #queue: number[] = [];

  constructor(options: TileCacheOptions<Tile>) {
    this.#options = options;
  }

  /** The tile if it is there; it isn't asked for. */
  peek(number: number): Tile | undefined {
    return this.#tiles.get(number);
  }

  /** The tile if it is there; else it is on its way. */
  get(number: number): Tile | undefined {
    const tile = this.#tiles.get(number);
    if (tile === undefined) {
      this.#want(number);
      return undefined;
    }
    // A Map keeps the order of insertion: what was looked at last stands last.
    this.#tiles.delete(number);
    this.#tiles.set(number, tile);
    return tile;
  }

  /** Nothing comes any more. */
  close(): void {
    this.#aborter.abort();
    this.#queue = [];
    this.#tiles.clear();
  }

  #want(number: number): void {
    if (this.#loading.has(number) || this.#aborter.signal.aborted) return;
    const failedAt = this.#failedAt.get(number);
    if (failedAt !== undefined && this.#now() - failedAt < retryAfterMs) return;
    this.#queue = [...this.#queue.filter((other) => other !== number), number].slice(-longestQueue);
    this.#next();
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #next(): void {
    while (this.#loading.size < atOnce) {
      const number = this.#queue.pop();
      if (number === undefined) return;
      this.#loading.add(number);
      void this.#load(number);
    }
  }

  async #load(number: number): Promise<void> {
    const { load, keep, onTile } = this.#options;
    const { signal } = this.#aborter;
    try {
      const tile = await load(number, signal);
      if (signal.aborted) return;
      this.#failedAt.delete(number);
      this.#tiles.set(number, tile);
      for (const oldest of this.#tiles.keys()) {
        if (this.#tiles.size <= keep) break;
        this.#tiles.delete(oldest);
      }
      onTile(tile);
    } catch {
      if (!signal.aborted) this.#failedAt.set(number, this.#now());
    } finally {
      this.#loading.delete(number);
      this.#next();
    }
  }
}
