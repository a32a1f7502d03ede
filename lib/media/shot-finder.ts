/** The raster on which pictures are compared, px. Small enough that noise and grain vanish. */
export const SHOT_RASTER = { width: 64, height: 36 };

const PIXELS = SHOT_RASTER.width * SHOT_RASTER.height;

/**
 * Least mean difference (of 255, brightness set equal) between the pictures on both sides of a
 * cut. Tried with generated pictures: cuts between different ones give 50 and more; dissolves up
 * to 7, flicker and fades up to 5, grain up to 3.
 */
const LEAST_DIFFERENCE = 8;

/**
 * A cut stands out by this factor from what moves around it: a fast pan gives 19 from picture to
 * picture, and a cut to something that moves as wildly 69 among 28.
 */
const LEAST_CONTRAST = 2;

/** A shot lasts at least this long, ms; what changes back sooner is a flash. */
const SHORTEST_SHOT_MS = 160;

/** A picture, its mean, and how much it differs from the one before. */
interface Look {
  pixels: Uint8Array;
  mean: number;
  difference: number;
}

/**
 * Finds cuts in a run of small grey pictures at a constant rate. A cut is where every picture of a
 * short while before differs from every one after, by more than anything moves in that while: so
 * fades, dissolves, flashes, flicker, pans and changes of light are none.
 */
export class ShotFinder {
  readonly #fps: number;
  /** Pictures on each side that are looked at. */
  readonly #reach: number;
  readonly #looks: Look[] = [];
  /** Number of the picture at `#looks[0]`. */
  #first = 0;
  readonly #cuts: number[] = [];

  constructor(fps: number) {
    this.#fps = fps;
    this.#reach = Math.max(2, Math.ceil((SHORTEST_SHOT_MS * fps) / 1000));
  }

  /** The next picture: `SHOT_RASTER` grey values; they are copied. */
  push(picture: Uint8Array): void {
    const pixels = picture.slice(0, PIXELS);
    const mean = meanOf(pixels);
    const last = this.#looks.at(-1);
    const difference = last ? differenceOf(last, { pixels, mean }) : 0;
    this.#looks.push({ pixels, mean, difference });
    if (this.#looks.length > this.#reach * 2) {
      this.#looks.shift();
      this.#first++;
    }
    if (this.#looks.length === this.#reach * 2) this.#judge(this.#reach);
  }

  /** The times of the first pictures of new shots, whole ms, in order. */
  finish(): number[] {
    // Too near to the end for a whole while behind it.
    const { length } = this.#looks;
    for (let at = Math.min(length, this.#reach + 1); at < length; at++) this.#judge(at);
    return this.#cuts;
  }

  /** Whether a shot begins with the picture at `at`. */
  #judge(at: number): void {
    const candidate = this.#looks[at];
    if (!candidate || candidate.difference < LEAST_DIFFERENCE) return;
    let motion = 0;
    for (const [i, { difference }] of this.#looks.entries()) {
      if (i !== at && i > 0) motion = Math.max(motion, difference);
    }
    if (candidate.difference < motion * LEAST_CONTRAST) return;
    for (const before of this.#looks.slice(0, at)) {
      for (const after of this.#looks.slice(at)) {
        if (differenceOf(before, after) < LEAST_DIFFERENCE) return;
      }
    }
    this.#cuts.push(Math.round(((this.#first + at) * 1000) / this.#fps));
  }
}

function meanOf(pixels: Uint8Array): number {
  let sum = 0;
  for (const value of pixels) sum += value;
  return sum / PIXELS;
}

/** Mean difference of grey values once both pictures are equally bright. */
function differenceOf(a: Omit<Look, "difference">, b: Omit<Look, "difference">): number {
  const shift = b.mean - a.mean;
  let sum = 0;
  for (let i = 0; i < PIXELS; i++) {
    sum += Math.abs((b.pixels[i] ?? 0) - (a.pixels[i] ?? 0) - shift);
  }
  return sum / PIXELS;
}
