import { afterPaint, inNextFrame } from "@/lib/client/after-paint";
import type { CueLane } from "./cue-lane";
import { type CueMarks, noMarks, sameMarks } from "./cue-marks";
import { type Drag, type DragContext, idle, outcomeOf } from "./drag";
import type { Times } from "./drag-times";
import { type Rows, rowsOf } from "./hit";
import { LiveLane } from "./live-lane";
import { paintTimeline } from "./paint";
import type { TimelineFacts, TimelineParts, TimelineState } from "./parts";
import { snapperInSight } from "./snap";
import { type TimelineElements, TimelineSurface } from "./surface";
import {
  initialView,
  inSight,
  possible,
  reshaped,
  revealed,
  type TimelineView,
  withPlayhead,
} from "./view";
import type { WaveformSource } from "./waveform-source";

/** Drawing a canvas costs a slow machine more than a letter does. */
const wordsAfterMs = 100;

/**
 * A timeline's state and drawing, outside of React: it draws at most once a frame and only when
 * something has changed. While nothing moves it draws after the page around it: the answer to a
 * keystroke comes first.
 */
export class TimelineController {
  readonly parts: TimelineParts;
  readonly #listeners = new Set<() => void>();
  readonly #drawn = new Set<() => void>();
  #facts: TimelineFacts;
  #surface: TimelineSurface | undefined;
  readonly #lane: LiveLane;
  #view: TimelineView = initialView;
  #rows: Rows = rowsOf(0);
  #waveform: WaveformSource | null = null;
  #marks = noMarks;
  #drag: Drag = idle;
  #away = false;
  #stopDrawing: (() => void) | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #state: TimelineState = { view: initialView, away: false, dragging: false };
  #selectedId: string | null = null;
  #wasFollowed = true;

  constructor(parts: TimelineParts, facts: TimelineFacts) {
    this.parts = parts;
    this.#facts = facts;
    this.#lane = new LiveLane(parts.document);
    this.#selectedId = parts.selection.get().cueId;
  }

  readonly getState = (): TimelineState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** After each drawing, within the same frame: for elements that stand on the canvas. */
  onDrawn(listener: () => void): () => void {
    this.#drawn.add(listener);
    return () => this.#drawn.delete(listener);
  }

  get view(): TimelineView {
    return this.#view;
  }

  get rows(): Rows {
    return this.#rows;
  }

  get drag(): Drag {
    return this.#drag;
  }

  get facts(): TimelineFacts {
    return this.#facts;
  }

  /** The cues as they are now. */
  get lane(): CueLane {
    return this.#lane.now;
  }

  /** What a drag is decided by. */
  get context(): DragContext {
    const { profile, fps, durationMs, readOnly } = this.#facts;
    return {
      ...{ profile, fps, durationMs, readOnly, view: this.#view, rows: this.#rows },
      lane: this.lane,
      selection: this.parts.selection.get(),
      playheadMs: this.parts.player.timeMs,
      snapperFor: (moving) =>
        snapperInSight({ ...this.#facts, lane: this.lane, view: this.#view, moving }),
    };
  }

  /** Where a cue is shown: moved while it is being moved. */
  shownTimes(cueId: string): Times | undefined {
    const cue = this.lane.cue(cueId);
    const { preview } = outcomeOf(this.#drag);
    if (!cue || !preview) return cue;
    if (preview.kind === "times") return preview.times.get(cueId) ?? cue;
    if (!preview.ids.has(cueId)) return cue;
    return { startMs: cue.startMs + preview.deltaMs, endMs: cue.endMs + preview.deltaMs };
  }

  setFacts(facts: TimelineFacts): void {
    this.#facts = facts;
    this.invalidate();
  }

  setWaveform(waveform: WaveformSource | null): void {
    this.#waveform = waveform;
    this.invalidate();
  }

  /** Other marks; drawn only where they are to be seen as others. */
  setMarks(change: Partial<CueMarks>): void {
    const marks = { ...this.#marks, ...change };
    if (sameMarks(this.#marks, marks)) return;
    this.#marks = marks;
    this.invalidate();
  }

  setDrag(drag: Drag): void {
    this.#drag = drag;
    this.invalidate();
  }

  /** `byPerson`: they looked elsewhere, and the playhead isn't followed until they come back. */
  setView(view: TimelineView, { byPerson = false } = {}): void {
    this.#view = view;
    if (byPerson) this.#away = !inSight(view, this.parts.player.timeMs);
    this.invalidate();
  }

  /** Follows the playhead again. */
  comeBack(): void {
    this.#away = false;
    const { timeMs } = this.parts.player;
    this.setView(revealed(this.#view, timeMs, timeMs));
  }

  readonly invalidate = (): void => {
    if (this.#stopDrawing || !this.#surface) return;
    const draw = () => {
      this.#stopDrawing = undefined;
      this.#draw();
    };
    const moving = this.#drag.kind !== "idle" || !this.parts.player.getState().paused;
    this.#stopDrawing = moving ? inNextFrame(draw) : afterPaint(draw);
  };

  /** Words that are typed come here after the letter itself has been painted. */
  #invalidateSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.invalidate();
    }, wordsAfterMs);
  }

  /** Takes over the elements, until the answer is called. */
  attach(elements: TimelineElements): () => void {
    const surface = new TimelineSurface(elements);
    this.#surface = surface;
    const { document, active, selection, follow, player } = this.parts;
    const onContent = () => {
      if (this.#lane.changed()) this.#invalidateSoon();
      else this.invalidate();
    };
    const stops = [
      document.subscribeContent(onContent),
      active.subscribe(this.invalidate),
      selection.subscribe(() => this.#onSelection()),
      follow.subscribe(() => this.#onFollow()),
      player.onTime((ms) => this.#onTime(ms)),
      player.subscribe(() => this.#onPlayer()),
      surface.observe(() => this.#resize(), this.invalidate),
    ];
    this.#lane.changed();
    this.#wasFollowed = this.#followed;
    this.#resize();
    return () => {
      for (const stop of stops) stop();
      this.#stopDrawing?.();
      this.#stopDrawing = undefined;
      clearTimeout(this.#soon);
      this.#soon = undefined;
      this.#surface = undefined;
    };
  }

  #resize(): void {
    const { widthPx = 0, heightPx = 0 } = this.#surface ?? {};
    const first = this.#view.widthPx === 0 && widthPx > 0;
    this.#rows = rowsOf(heightPx);
    this.#view = reshaped(this.#view, { widthPx, extentMs: this.#extentMs() });
    if (first) {
      const { timeMs } = this.parts.player;
      const usual = possible({ ...this.#view, msPerPx: initialView.msPerPx });
      this.#view = revealed(usual, timeMs, timeMs);
    }
    // At once: a canvas that has changed its size is empty until it is drawn again.
    this.#draw();
  }

  #extentMs(): number {
    return Math.max(this.#facts.durationMs, this.parts.player.durationMs, this.lane.endMs);
  }

  /** The list that was scrolled away pauses its own following and not this one. */
  get #followed(): boolean {
    return this.parts.follow.get() !== "off";
  }

  /** Switched on again, it begins with a move, as the list does. */
  #onFollow(): void {
    const before = this.#wasFollowed;
    this.#wasFollowed = this.#followed;
    if (!before && this.#followed && this.#drag.kind === "idle") this.comeBack();
  }

  #onTime(ms: number): void {
    this.#surface?.placePlayhead(this.#view, ms);
    const playing = !this.parts.player.getState().paused;
    if (this.#away || this.#drag.kind !== "idle") return;
    const next = withPlayhead(this.#view, ms, { playing, followed: this.#followed });
    if (next !== this.#view) this.setView(next);
  }

  #onPlayer(): void {
    const playing = !this.parts.player.getState().paused;
    // Somebody who has switched following off may look elsewhere while it plays.
    if (playing && this.#followed && this.#drag.kind === "idle") this.#away = false;
    this.invalidate();
  }

  #onSelection(): void {
    const { cueId } = this.parts.selection.get();
    if (cueId !== this.#selectedId) {
      this.#selectedId = cueId;
      const cue = cueId === null ? undefined : this.lane.cue(cueId);
      if (cue && this.#drag.kind === "idle") {
        this.#away = false;
        this.setView(revealed(this.#view, cue.startMs, cue.endMs));
      }
    }
    this.invalidate();
  }

  #draw(): void {
    const surface = this.#surface;
    const context = surface?.context();
    if (!surface || !context) return;
    const extentMs = this.#extentMs();
    if (extentMs !== this.#view.extentMs) this.#view = reshaped(this.#view, { extentMs });
    const drag = this.#drag;
    const { preview, snap } = outcomeOf(drag);
    paintTimeline(context, {
      ...{ preview, snap, view: this.#view, rows: this.#rows, dpr: devicePixelRatio },
      ...{
        lane: this.lane,
        palette: surface.palette,
        waveform: this.#waveform,
        marks: this.#marks,
      },
      ...{ shots: this.#facts.shots, speech: this.#facts.speech, words: this.#facts.words },
      selection: this.parts.selection.get(),
      isCurrent: (cueId) => this.parts.active.has(cueId),
      sweep: drag.kind === "sweep" ? { startMs: drag.fromMs, endMs: drag.toMs } : null,
      newCue: drag.kind === "draw" ? drag.span : null,
    });
    surface.placePlayhead(this.#view, this.parts.player.timeMs);
    surface.placeThumb(this.#view);
    for (const listener of [...this.#drawn]) listener();
    this.#tell();
  }

  #tell(): void {
    const next: TimelineState = {
      view: this.#view,
      away: this.#away,
      dragging: this.#drag.kind !== "idle",
    };
    const { view, away, dragging } = this.#state;
    if (view === next.view && away === next.away && dragging === next.dragging) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
