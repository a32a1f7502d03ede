"use client";

import { useEffect, useState } from "react";
import { type TourStep, targetOf } from "./tour-steps";

/** In px from the window's upper left corner. */
export interface TargetBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

const sameBox = (a: TargetBox | null, b: TargetBox | null) =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.left === b.left &&
    a.top === b.top &&
    a.width === b.width &&
    a.height === b.height);

/** Where the part that a step is about stands, also while panes are moved and lists scroll. */
export function useTargetBox(step: TourStep): TargetBox | null {
  const [box, setBox] = useState<TargetBox | null>(null);
  useEffect(() => {
    let frame = 0;
    const look = () => {
      const target = targetOf(step, document);
      const next = target ? boxOf(target) : null;
      setBox((now) => (sameBox(now, next) ? now : next));
      frame = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [step]);
  return box;
}

function boxOf(target: Element): TargetBox {
  const { left, top, width, height } = target.getBoundingClientRect();
  return { left, top, width, height };
}
