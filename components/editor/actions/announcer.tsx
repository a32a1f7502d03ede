"use client";

import { createContext, type ReactNode, useCallback, useContext, useState } from "react";

const Context = createContext<(text: string) => void>(() => {});

/**
 * Reads out what a command has done where the screen alone shows it. Polite: it waits until a
 * screen reader has finished its sentence.
 */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: "", count: 0 });
  const say = useCallback(
    (text: string) => setSaid(({ count }) => ({ text, count: count + 1 })),
    [],
  );
  return (
    <Context.Provider value={say}>
      {children}
      <p aria-live="polite" className="sr-only">
        {/* Said twice, the same sentence must be a new one. */}
        <span key={said.count}>{said.text}</span>
      </p>
    </Context.Provider>
  );
}

/** Says a sentence to screen readers. */
export const useAnnounce = (): ((text: string) => void) => useContext(Context);
