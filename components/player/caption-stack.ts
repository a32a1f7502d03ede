/** A block of lines on the picture, in px from its upper left corner. */
export interface CaptionBox {
  top: number;
  bottom: number;
  left: number;
  right: number;
  /** The edge that it keeps to and moves away from; null: it stays where it is, and is no obstacle. */
  edge: "top" | "bottom" | null;
}

/**
 * How far each block moves so that none covers another, in px, down is positive: what came first
 * keeps its place, as in ASS, and blocks beside each other don't move.
 */
export function stackShifts(boxes: readonly CaptionBox[]): number[] {
  const placed: CaptionBox[] = [];
  return boxes.map((box) => {
    if (box.edge === null) return 0;
    let { top, bottom } = box;
    const inTheWay = () =>
      placed.find(
        (other) =>
          top < other.bottom &&
          bottom > other.top &&
          box.left < other.right &&
          box.right > other.left,
      );
    for (let other = inTheWay(); other; other = inTheWay()) {
      const shift = box.edge === "top" ? other.bottom - top : other.top - bottom;
      top += shift;
      bottom += shift;
    }
    placed.push({ ...box, top, bottom });
    return top - box.top;
  });
}
