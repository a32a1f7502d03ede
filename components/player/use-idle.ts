"use client";

import { type RefObject, useEffect, useState } from "react";

const idleAfterMs = 2_500;

/** Whether nobody has moved within the element for a while; false as long as it isn't watched. */
export function useIdle(element: RefObject<HTMLElement | null>, watched: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!watched || !target) return;
    let timer: ReturnType<typeof setTimeout>;
    const wake = () => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), idleAfterMs);
    };
    wake();
    const signs = ["pointermove", "pointerdown", "keydown"] as const;
    for (const sign of signs) target.addEventListener(sign, wake);
    return () => {
      clearTimeout(timer);
      setIdle(false);
      for (const sign of signs) target.removeEventListener(sign, wake);
    };
  }, [element, watched]);
  return idle;
}
