"use client";

import { useCallback, useSyncExternalStore } from "react";

const prefix = "ax2-caption.";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    // Storage is forbidden in this browser.
    return null;
  }
}

/**
 * A small choice that this browser remembers, such as the volume. Nothing that anybody would miss:
 * work is kept elsewhere. `accepts` refuses what an older version or another hand has written.
 */
export function useStored<Value extends string>(
  key: string,
  fallback: Value,
  accepts: (value: string) => value is Value,
): [Value, (value: Value) => void] {
  const stored = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const set = useCallback(
    (value: Value) => {
      try {
        localStorage.setItem(prefix + key, value);
      } catch {
        return;
      }
      for (const listener of [...listeners]) listener();
    },
    [key],
  );
  return [stored !== null && accepts(stored) ? stored : fallback, set];
}
