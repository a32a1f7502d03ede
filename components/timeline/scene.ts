import type { SnapKind, SnapTarget } from "@/lib/subtitles/operations/editing";
import type { CueLane } from "./cue-lane";
import type { CueMarks } from "./cue-marks";
import type { Preview, Times } from "./drag-times";
import type { Rows } from "./hit";
import type { Palette } from "./palette";
import type { TimelineView } from "./view";
import type { WaveformSource } from "./waveform-source";

/** Everything that a timeline shows at a moment. */
export interface Scene {
  view: TimelineView;
  rows: Rows;
  /** Device px a CSS px. */
  dpr: number;
  palette: Palette;
  lane: CueLane;
  selection: { cueId: string | null; range: ReadonlySet<string> };
  /** On the picture now. */
  isCurrent: (cueId: string) => boolean;
  marks: CueMarks;
  preview: Preview | null;
  snap: SnapTarget | null;
  /** Being chosen, or drawn. */
  sweep: Times | null;
  newCue: Times | null;
  /** In order, ms. */
  shots: readonly number[];
  speech: readonly Times[];
  waveform: WaveformSource | null;
  words: SceneWords;
}

/** Texts that are drawn. */
export interface SceneWords {
  gap: (ms: number) => string;
  empty: string;
  snap: (kind: SnapKind) => string;
}
