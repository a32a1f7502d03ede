import type { ReadableFormat } from "@/lib/subtitles/formats";
import type { CueSettings } from "@/lib/subtitles/model";

/** What a cue must be; absent properties aren't looked at. */
export interface ExpectedCue {
  text?: string;
  startMs?: number;
  endMs?: number;
  /** The identifier in the file; "" for none. */
  sourceId?: string;
  /** All settings of the cue; `{}` for none. */
  settings?: CueSettings;
}

/** A file and the cues that a right reader finds in it. */
export interface ConformanceCase {
  name: string;
  format: ReadableFormat;
  input: string;
  cues: ExpectedCue[];
  /** Readers may differ on the cues before; what matters to all is that the last one survives. */
  lastCueDecides?: boolean;
}
