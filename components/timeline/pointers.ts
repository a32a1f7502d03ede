import type { TimelineController } from "./controller";
import { type DragEffect, hitOf, idle, moved, type Pointer, pressed, released } from "./drag";
import { scrolled, zoomed } from "./view";

/** What a pointer on the timeline may lead to; `seek` comes at most once a frame. */
export type OnEffect = (effect: Exclude<DragEffect, { kind: "scroll" }>) => void;

/** Nearer to an edge of the timeline than this, a drag takes the view along, px. */
const edgePx = 24;
/** The most that a view is taken along in a frame, px. */
const fastestPx = 18;
const wheelLinePx = 16;

/** How much a turn of the wheel zooms. */
const wheelFactor = (px: number): number => Math.exp(Math.max(-200, Math.min(200, -px)) * 0.004);

/** Buttons stand on the timeline and are no part of it. */
const onButton = ({ target }: Event): boolean =>
  target instanceof Element && target.closest("button") !== null;

interface Events {
  onEffect: OnEffect;
  /** A cue was pressed twice. */
  onOpen: (cueId: string) => void;
}

/**
 * Turns what the browser tells of pointers, the wheel and held keys into drags. One instance for
 * an element, until the answer of `attach` is called.
 */
export class TimelinePointers {
  readonly #timeline: TimelineController;
  readonly #events: Events;
  readonly #area: HTMLElement;
  /** Fingers that are down. */
  readonly #touches = new Map<number, number>();
  #last: Pointer | undefined;
  #frame = 0;
  #seekMs: number | undefined;

  constructor(timeline: TimelineController, area: HTMLElement, events: Events) {
    this.#timeline = timeline;
    this.#area = area;
    this.#events = events;
  }

  attach(): () => void {
    const area = this.#area;
    const aborter = new AbortController();
    const { signal } = aborter;
    area.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    area.addEventListener("pointermove", (event) => this.#move(event), { signal });
    area.addEventListener("pointerup", (event) => this.#up(event), { signal });
    area.addEventListener("pointercancel", (event) => this.#cancelled(event), { signal });
    area.addEventListener("dblclick", (event) => this.#double(event), { signal });
    // Not passive: the page would zoom, or scroll, as well.
    area.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    // Before everybody else: Escape ends the drag and nothing more.
    const keys = { signal, capture: true };
    window.addEventListener("keydown", (event) => this.#key(event), keys);
    window.addEventListener("keyup", (event) => this.#key(event), keys);
    return () => {
      aborter.abort();
      cancelAnimationFrame(this.#frame);
      this.#timeline.setDrag(idle);
    };
  }

  #pointer(event: MouseEvent & { pointerType?: string }): Pointer {
    const box = this.#area.getBoundingClientRect();
    return {
      x: event.clientX - box.left,
      y: event.clientY - box.top,
      alt: event.altKey,
      shift: event.shiftKey,
      ctrl: event.ctrlKey || event.metaKey,
      touch: event.pointerType === "touch",
      middle: event.button === 1,
    };
  }

  #down(event: PointerEvent): void {
    if (event.button > 1 || onButton(event)) return;
    const at = this.#pointer(event);
    if (at.touch) this.#touches.set(event.pointerId, at.x);
    if (this.#touches.size > 1) {
      // A second finger zooms, whatever the first was about.
      this.#timeline.setDrag(idle);
      return;
    }
    this.#area.setPointerCapture(event.pointerId);
    if (at.middle) event.preventDefault();
    this.#last = at;
    this.#take(pressed(at, this.#timeline.context));
    this.#flush();
  }

  #move(event: PointerEvent): void {
    const at = this.#pointer(event);
    const { drag } = this.#timeline;
    if (this.#touches.size > 1) this.#pinch(event, at);
    else if (drag.kind === "idle") this.#showCursor(at);
    else {
      this.#last = at;
      this.#take(moved(drag, at, this.#timeline.context));
      this.#glide();
    }
  }

  #up(event: PointerEvent): void {
    this.#touches.delete(event.pointerId);
    const { drag } = this.#timeline;
    if (drag.kind === "idle") return;
    this.#flush();
    this.#take(released(drag));
    this.#flush();
    this.#showCursor(this.#pointer(event));
  }

  #cancelled(event: PointerEvent): void {
    this.#touches.delete(event.pointerId);
    this.#timeline.setDrag(idle);
  }

  #double(event: MouseEvent): void {
    if (onButton(event)) return;
    const hit = hitOf(this.#pointer(event), this.#timeline.context);
    if ("cueId" in hit) this.#events.onOpen(hit.cueId);
  }

  /** The effects come first: until they have come, what is chosen was chosen here. */
  #take(step: ReturnType<typeof pressed>): void {
    for (const effect of step.effects) this.#do(effect);
    this.#timeline.setDrag(step.drag);
  }

  #do(effect: DragEffect): void {
    if (effect.kind === "scroll") {
      const { view } = this.#timeline;
      this.#timeline.setView(scrolled(view, effect.px), { byPerson: true });
    } else if (effect.kind === "seek") {
      this.#seekMs = effect.ms;
      this.#nextFrame();
    } else this.#events.onEffect(effect);
  }

  /** A video that is sought more often than it shows frames shows none. */
  #flush(): void {
    if (this.#seekMs !== undefined) this.#events.onEffect({ kind: "seek", ms: this.#seekMs });
    this.#seekMs = undefined;
  }

  #nextFrame(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#flush();
      this.#glide();
    });
  }

  /** Takes the view along while something is dragged over the timeline's edge. */
  #glide(): void {
    const { drag, view } = this.#timeline;
    const at = this.#last;
    if (!at || !["edge", "move", "sweep", "draw"].includes(drag.kind)) return;
    const over = at.x < edgePx ? at.x - edgePx : Math.max(0, at.x - (view.widthPx - edgePx));
    if (over === 0) return;
    const px = Math.max(-fastestPx, Math.min(fastestPx, over / 2));
    const next = scrolled(view, px);
    if (next.fromMs === view.fromMs) return;
    if (this.#frame !== 0) return;
    this.#timeline.setView(next, { byPerson: true });
    this.#take(moved(drag, at, this.#timeline.context));
    this.#nextFrame();
  }

  #pinch(event: PointerEvent, at: Pointer): void {
    const [one, two] = [...this.#touches.values()];
    this.#touches.set(event.pointerId, at.x);
    const [oneNow, twoNow] = [...this.#touches.values()];
    if (one === undefined || two === undefined || oneNow === undefined || twoNow === undefined)
      return;
    const factor = Math.max(8, Math.abs(oneNow - twoNow)) / Math.max(8, Math.abs(one - two));
    const middle = (oneNow + twoNow) / 2;
    const glided = scrolled(this.#timeline.view, (one + two) / 2 - middle);
    this.#timeline.setView(zoomed(glided, factor, middle), { byPerson: true });
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? wheelLinePx : 1;
    const { view } = this.#timeline;
    const zooms = event.ctrlKey || event.metaKey;
    const wanted = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
    const next = zooms
      ? zoomed(view, wheelFactor(event.deltaY * unit), this.#pointer(event).x)
      : scrolled(view, wanted * unit);
    this.#timeline.setView(next, { byPerson: true });
  }

  #key(event: KeyboardEvent): void {
    const { drag } = this.#timeline;
    const at = this.#last;
    if (drag.kind === "idle" || !at) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#timeline.setDrag(idle);
      return;
    }
    if (event.key !== "Alt" && event.key !== "Shift") return;
    // Alt would go to the browser's menu.
    event.preventDefault();
    this.#last = { ...at, alt: event.altKey, shift: event.shiftKey };
    if (drag.kind === "edge" || drag.kind === "move") {
      this.#take(moved(drag, this.#last, this.#timeline.context));
    }
  }

  #showCursor(at: Pointer): void {
    const hit = hitOf(at, this.#timeline.context);
    const draws = hit.kind === "ground" && at.alt && !this.#timeline.facts.readOnly;
    const cursor =
      hit.kind === "edge" ? "ew-resize" : hit.kind === "cue" ? "pointer" : draws ? "crosshair" : "";
    if (this.#area.style.cursor !== cursor) this.#area.style.cursor = cursor;
  }
}
