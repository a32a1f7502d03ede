import { type Palette, readPalette } from "./palette";
import { type TimelineView, toMs, xOf } from "./view";

/** The elements that a timeline draws on and moves. */
export interface TimelineElements {
  area: HTMLElement;
  canvas: HTMLCanvasElement;
  playhead: HTMLElement;
  thumb: HTMLElement;
}

/** The page's side of a timeline: its size, its colours, and what stands on the canvas. */
export class TimelineSurface {
  readonly #elements: TimelineElements;
  #palette: Palette | undefined;

  constructor(elements: TimelineElements) {
    this.#elements = elements;
  }

  get widthPx(): number {
    return this.#elements.area.clientWidth;
  }

  get heightPx(): number {
    return this.#elements.area.clientHeight;
  }

  get palette(): Palette {
    this.#palette ??= readPalette(this.#elements.area);
    return this.#palette;
  }

  /** To draw on, in the size that is to be seen; null where there is nothing to be seen. */
  context(): CanvasRenderingContext2D | null {
    const { canvas } = this.#elements;
    if (this.widthPx === 0 || this.heightPx === 0) return null;
    const width = Math.round(this.widthPx * devicePixelRatio);
    const height = Math.round(this.heightPx * devicePixelRatio);
    // Setting a size empties the canvas, even where it is the same.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    return canvas.getContext("2d", { alpha: false });
  }

  placePlayhead(view: TimelineView, ms: number): void {
    const { style } = this.#elements.playhead;
    const x = xOf(view, ms);
    style.transform = `translateX(${x.toFixed(2)}px)`;
    style.visibility = x >= -1 && x <= view.widthPx + 1 ? "visible" : "hidden";
  }

  placeThumb(view: TimelineView): void {
    const { style } = this.#elements.thumb;
    const { extentMs, fromMs } = view;
    const share = extentMs > 0 ? Math.min(1, (toMs(view) - fromMs) / extentMs) : 1;
    const from = extentMs > 0 ? Math.min(1 - share, fromMs / extentMs) : 0;
    style.left = `${Math.max(0, from) * 100}%`;
    style.width = `${share * 100}%`;
  }

  /** Hears of another size and of other colours, until the answer is called. */
  observe(onResize: () => void, onTheme: () => void): () => void {
    const size = new ResizeObserver(onResize);
    size.observe(this.#elements.area);
    const theme = new MutationObserver(() => {
      this.#palette = undefined;
      onTheme();
    });
    theme.observe(document.documentElement, { attributeFilter: ["class", "style"] });
    return () => {
      size.disconnect();
      theme.disconnect();
    };
  }
}
