"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { compileSearch, type Finder } from "@/lib/subtitles/search";
import { useCommand } from "../keys/keys-context";
import { type FindState, noFind } from "./find-state";

interface Find {
  state: FindState;
  change: (change: Partial<FindState>) => void;
}

const Context = createContext<Find>({ state: noFind, change: () => {} });
const FinderContext = createContext<Finder | null>(null);

/** What is looked for; it stays when another language is opened. */
export function FindProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState(noFind);
  const find = useMemo<Find>(
    () => ({ state, change: (change) => setState((now) => ({ ...now, ...change })) }),
    [state],
  );
  const { open, query, regex, matchCase, wholeWord } = state;
  const finder = useMemo(() => {
    if (!open) return null;
    const made = compileSearch({ query, regex, matchCase, wholeWord, in: "text" });
    return typeof made === "string" ? null : made;
  }, [open, query, regex, matchCase, wholeWord]);
  return (
    <Context.Provider value={find}>
      <FinderContext.Provider value={finder}>{children}</FinderContext.Provider>
    </Context.Provider>
  );
}

export const useFind = (): Find => useContext(Context);

/** Finds what is looked for in a text, so that rows can mark it; null: nothing is looked for. */
export const useFinder = (): Finder | null => useContext(FinderContext);

/** The keys that open the panel. What is selected in a text is looked for. */
export function useFindCommands(): void {
  const { state, change } = useFind();
  const open = (replacing: boolean) => {
    const selected = window.getSelection()?.toString() ?? "";
    const field = document.activeElement;
    const inField =
      field instanceof HTMLTextAreaElement
        ? field.value.slice(field.selectionStart, field.selectionEnd)
        : selected;
    const query = inField.includes("\n") || inField === "" ? state.query : inField;
    change({ open: true, replacing: replacing || state.replacing, query, asked: state.asked + 1 });
  };
  useCommand("find.open", () => open(false));
  useCommand("find.replace-open", () => open(true));
}
