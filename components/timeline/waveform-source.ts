import {
  bytesPerPeak,
  maxSoundMs,
  type PeakLevel,
  peakLevels,
  peaksHeaderBytes,
  soundSampleRate,
} from "@/lib/videos/waveform-format";
import { Loudness } from "./loudness";
import { fillColumns, type SoundTile } from "./sound-columns";
import { TileCache } from "./tile-cache";

/** Pairs in a tile: 27 minutes of the coarsest level, 82 s of the finest. */
const pairsPerTile = 16_384;
/** Samples in a tile: 4 s, 128 kB. */
const samplesPerTile = 4 * soundSampleRate;
/** Below so many ms a column the outline is too coarse and the samples themselves are drawn. */
const sampleLookMs = 2.5;

/** What is kept of each level. The coarsest of twelve hours is 27 tiles: all of it. */
const keptTiles: Record<PeakLevel, number> = { 10: 32, 50: 16, 200: 16 };
const keptSoundTiles = 8;
/** Beyond this the noise of eight bits would be drawn as sound. */
const mostGain = 12;

export type WaveformState =
  | "loading"
  | "ready"
  /** There is no sound, or not any more. */
  | "absent";

interface WaveformOptions {
  peaksUrl: string;
  soundUrl: string;
  /** Something new can be drawn. */
  onChange: () => void;
  request?: typeof fetch;
}

/**
 * The sound of a video for drawing, loaded piece by piece as it is looked at: the outline in three
 * levels, and the samples themselves from close by.
 */
export class WaveformSource {
  readonly #options: WaveformOptions;
  readonly #levels: Record<PeakLevel, TileCache<SoundTile>>;
  readonly #sound: TileCache<SoundTile>;
  #state: WaveformState = "loading";
  #hasSound = true;
  readonly #loudness = new Loudness();

  constructor(options: WaveformOptions) {
    this.#options = options;
    const level = (perSecond: PeakLevel) =>
      new TileCache({
        keep: keptTiles[perSecond],
        load: (number, signal) => this.#loadPeaks(perSecond, number, signal),
        onTile: (tile) => this.#onPeaks(tile),
      });
    this.#levels = { 10: level(10), 50: level(50), 200: level(200) };
    this.#sound = new TileCache({
      keep: keptSoundTiles,
      load: (number, signal) => this.#loadSound(number, signal),
      onTile: options.onChange,
    });
  }

  get state(): WaveformState {
    return this.#state;
  }

  /** What the sound is multiplied with, so that quiet recordings can be seen too. */
  get gain(): number {
    const { usual } = this.#loudness;
    return usual === 0 ? 1 : Math.max(1, Math.min(mostGain, 0.85 / usual));
  }

  /**
   * The lowest and highest for each column, -1 to 1; NaN where it isn't known yet. What is missing
   * is on its way, and coarser levels stand in.
   */
  columns(fromMs: number, msPerColumn: number, columns: Float32Array): void {
    columns.fill(Number.NaN);
    if (this.#state === "absent") return;
    const span = { fromMs, msPerColumn, columns };
    if (msPerColumn < sampleLookMs && this.#hasSound) {
      this.#fill(this.#sound, span, soundSampleRate, samplesPerTile);
    }
    const wanted = peakLevels.find((level) => 1000 / level <= msPerColumn) ?? 200;
    for (const level of [...peakLevels].reverse()) {
      // What stands in is looked at, not asked for, but for the coarsest, which is soon there.
      if (level > wanted) continue;
      const asked = level === wanted || level === peakLevels[0];
      this.#fill(this.#levels[level], span, level, pairsPerTile, asked);
    }
  }

  /** The samples in a stretch; undefined while they aren't there. Numbered from the start. */
  samples(fromMs: number, toMs: number): { first: number; values: Int16Array[] } | undefined {
    if (!this.#hasSound || this.#state === "absent") return undefined;
    const perMs = soundSampleRate / 1000;
    const first = Math.max(0, Math.floor((fromMs * perMs) / samplesPerTile));
    const last = Math.floor((toMs * perMs) / samplesPerTile);
    const values: Int16Array[] = [];
    for (let number = first; number <= last; number++) {
      const tile = this.#sound.get(number);
      if (!tile) return undefined;
      values.push(tile.values as Int16Array);
    }
    return { first: first * samplesPerTile, values };
  }

  close(): void {
    for (const level of peakLevels) this.#levels[level].close();
    this.#sound.close();
  }

  #fill(
    cache: TileCache<SoundTile>,
    span: { fromMs: number; msPerColumn: number; columns: Float32Array },
    perSecond: number,
    perTile: number,
    ask = true,
  ): void {
    const { fromMs, msPerColumn, columns } = span;
    const tileMs = (perTile * 1000) / perSecond;
    const first = Math.max(0, Math.floor(fromMs / tileMs));
    const last = Math.floor((fromMs + (columns.length / 2) * msPerColumn) / tileMs);
    for (let number = first; number <= last; number++) {
      const tile = ask ? cache.get(number) : cache.peek(number);
      if (tile) fillColumns(tile, span);
    }
  }

  #onPeaks(tile: SoundTile): void {
    if (this.#state === "loading") this.#state = "ready";
    if (tile.perSecond === peakLevels[0]) this.#loudness.add(tile);
    this.#options.onChange();
  }

  async #loadPeaks(level: PeakLevel, number: number, signal: AbortSignal): Promise<SoundTile> {
    const start = peaksHeaderBytes + number * pairsPerTile * bytesPerPeak;
    const range = { start, end: start + pairsPerTile * bytesPerPeak - 1 };
    const bytes = await this.#load(`${this.#options.peaksUrl}?level=${level}`, signal, range);
    if (bytes === "absent") this.#becomeAbsent();
    const values = new Int8Array(bytes === "absent" ? new ArrayBuffer(0) : bytes);
    return { first: number * pairsPerTile, values, step: 2, perSecond: level, full: 128 };
  }

  async #loadSound(number: number, signal: AbortSignal): Promise<SoundTile> {
    const tileMs = (samplesPerTile * 1000) / soundSampleRate;
    const fromMs = number * tileMs;
    const toMs = fromMs + Math.min(tileMs, maxSoundMs);
    const url = `${this.#options.soundUrl}?fromMs=${fromMs}&toMs=${toMs}`;
    const bytes = await this.#load(url, signal);
    if (bytes === "absent") this.#hasSound = false;
    const values = new Int16Array(bytes === "absent" ? new ArrayBuffer(0) : bytes);
    const shape = { step: 1, perSecond: soundSampleRate, full: 32_768 } as const;
    return { first: number * samplesPerTile, values, ...shape };
  }

  #becomeAbsent(): void {
    this.#state = "absent";
    this.#options.onChange();
  }

  /** @throws {Error} for whatever may go better another time. */
  async #load(
    url: string,
    signal: AbortSignal,
    range?: { start: number; end: number },
  ): Promise<ArrayBuffer | "absent"> {
    const headers = range && { range: `bytes=${range.start}-${range.end}` };
    const response = await (this.#options.request ?? fetch)(url, {
      signal,
      ...(headers && { headers }),
    });
    // Past the end of what there is.
    if (response.status === 416) return new ArrayBuffer(0);
    if (response.status === 404 || response.status === 410) return "absent";
    if (!response.ok) throw new Error(`${response.status}`);
    const bytes = await response.arrayBuffer();
    // A proxy may drop the range.
    return range && response.status === 200 ? bytes.slice(range.start, range.end + 1) : bytes;
  }
}
