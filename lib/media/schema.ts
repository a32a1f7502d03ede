import type { Container } from "./sniff";

/** What is known about a video file. All times are integer ms, all sizes bytes. */
export interface MediaInfo {
  container: Container;
  /** Length of the timeline a player shows. 0: unknown, only ever from a sample. */
  durationMs: number;
  sizeBytes: number;
  /** Bits per second over the whole file. */
  bitrate?: number;
  /** The main video stream; cover pictures don't count. */
  video?: VideoStream;
  /** Audio streams, the default one first. */
  audio: AudioStream[];
  /** Browsers play the original as it is; otherwise `makePreview` is needed. */
  playableInBrowser: boolean;
  /** The end of the file is missing. */
  truncated: boolean;
}

export interface VideoStream {
  /** Position among all streams of the file, as ffmpeg counts. */
  index: number;
  codec: string;
  profile?: string;
  /** As shown: after rotation and with square pixels, in px. */
  width: number;
  height: number;
  /** Clockwise turn a player applies, already part of `width` and `height`. */
  rotation: 0 | 90 | 180 | 270;
  /** Mean frames per second; 0 when unknown. */
  fps: number;
  pixelFormat?: string;
  /** Bits per colour component. */
  bitDepth: number;
  interlaced: boolean;
  /** Frames are stored in another order than shown. */
  reordered: boolean;
  /** Transfer function is PQ or HLG. */
  hdr: boolean;
}

export interface AudioStream {
  index: number;
  codec: string;
  profile?: string;
  channels: number;
  /** Hz */
  sampleRate: number;
  /** As the file says, mostly ISO 639-2, e.g. `kor`. Absent when `und`. */
  language?: string;
  /** The stream a player picks by itself. */
  isDefault: boolean;
}

/** A piece of a file at its place. */
export interface ByteRange {
  /** Bytes from the start of the file. */
  offset: number;
  bytes: Uint8Array;
}

/** Fraction done, 0..1, never falling. 1 is reported only after the output is in place. */
export type OnProgress = (fraction: number) => void;

export interface MediaTool {
  path: string;
  version: string;
  /** `FFMPEG_PATH`/`FFPROBE_PATH`, the system's PATH, or the npm package. */
  origin: "configured" | "system" | "packaged";
  /** Built before the parsers' known holes were closed: worth a warning in health. */
  outdated: boolean;
}

export interface MediaTools {
  ffmpeg: MediaTool;
  ffprobe: MediaTool;
}

export interface ProbeOptions {
  /** A file on this machine. */
  path: string;
  signal?: AbortSignal | undefined;
}

export interface ProbeSampleOptions {
  ranges: readonly ByteRange[];
  /** Size of the whole file. */
  sizeBytes: number;
  /** Where the sparse stand-in is written for the moment. Default: the system's temp folder. */
  directory?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface ExtractAudioOptions {
  input: string;
  /** WAV, 16 kHz, mono, signed 16 bit. Its time 0 is the video's. */
  output: string;
  durationMs: number;
  /** `index` of an `AudioStream`. Default: the file's default stream. */
  streamIndex?: number | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface ExtractChunkOptions {
  /** A WAV that `extractAudio` made. */
  input: string;
  /** Ends in `.wav`, or in `.flac` for half the size; exact to the sample either way. */
  output: string;
  startMs: number;
  /** Excluded. */
  endMs: number;
  signal?: AbortSignal | undefined;
}

export interface FindShotChangesOptions {
  path: string;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface MakeThumbnailOptions {
  input: string;
  /** Ends in `.jpg` or `.webp`. */
  output: string;
  durationMs: number;
  /** px; the height follows. Smaller videos aren't enlarged. */
  width: number;
  signal?: AbortSignal | undefined;
}

export interface MakePeaksOptions {
  /** A WAV that `extractAudio` made. */
  input: string;
  /** audiowaveform's .dat, version 2, 8 bit, one channel; each a level of detail. */
  outputs: readonly {
    path: string;
    /** Pairs of minimum and maximum for each second; divides the sample rate and the next finer. */
    perSecond: number;
  }[];
  signal?: AbortSignal | undefined;
}

export const burnInQualities = ["standard", "high"] as const;
export type BurnInQuality = (typeof burnInQualities)[number];

export interface BurnInOptions {
  input: string;
  /** Ends in `.mp4`. */
  output: string;
  info: MediaInfo;
  durationMs: number;
  /** The subtitles as ASS. */
  assFile: string;
  /** A folder with the fonts that they name. */
  fontsFolder: string;
  /** px, the most for the picture's shorter side; null: as it is. */
  shortSide: number | null;
  quality: BurnInQuality;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface MakePreviewOptions {
  input: string;
  /** MP4, H.264 and AAC, index at the front. */
  output: string;
  info: MediaInfo;
  durationMs: number;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface MeasureChannelsOptions {
  path: string;
  durationMs: number;
  /** Where to begin, ms. Default: 0. */
  fromMs?: number | undefined;
  /** How much to look at, ms. Default: all. */
  lengthMs?: number | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** How loud each channel is over time. */
export interface ChannelLevels {
  windowMs: number;
  /** For each channel its level in each window, dB below full scale (-96..0). */
  levels: Float32Array[];
}
