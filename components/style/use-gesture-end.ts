"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";

/**
 * Tells when a slider is let go or a colour is chosen: the browser's own `change`, which React
 * gives another meaning.
 */
export function useGestureEnd(input: RefObject<HTMLInputElement | null>, onEnd: () => void): void {
  const ended = useEffectEvent(onEnd);
  useEffect(() => {
    const element = input.current;
    const listener = () => ended();
    element?.addEventListener("change", listener);
    return () => element?.removeEventListener("change", listener);
  }, [input]);
}
