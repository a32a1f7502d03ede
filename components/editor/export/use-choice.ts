"use client";

import { useCallback, useMemo } from "react";
import { useStored } from "@/lib/client/use-stored";
import type { ExportFormat } from "@/lib/tracks/export-formats";
import { type ExportChoice, type FileOptions, readChoice } from "./choice";

const anything = (_: string): _ is string => true;

/** What the person has last chosen in this browser, and a way to choose otherwise. */
export function useChoice() {
  const [stored, store] = useStored<string>("export.choice", "", anything);
  const choice = useMemo(() => readChoice(stored), [stored]);
  const choose = useCallback(
    (change: Partial<ExportChoice>) => store(JSON.stringify({ ...choice, ...change })),
    [choice, store],
  );
  const setOptions = useCallback(
    (of: ExportFormat | "archive", change: FileOptions) =>
      choose({
        options: { ...choice.options, [of]: { ...choice.options[of], ...change } },
      }),
    [choice, choose],
  );
  return { choice, choose, setOptions };
}
