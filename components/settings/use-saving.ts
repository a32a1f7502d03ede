"use client";

import { useRef, useState } from "react";
import { ApiError } from "@/lib/client/api";

export type SaveState =
  | { status: "idle" }
  | { status: "saving" }
  | { status: "saved" }
  | { status: "failed"; error: ApiError };

/** Saves, and knows how the latest save goes; an earlier one that ends later changes nothing. */
export function useSaving() {
  const [state, setState] = useState<SaveState>({ status: "idle" });
  const latest = useRef(0);
  /** Answers whether it was saved; never throws. */
  const save = async (work: () => Promise<unknown>): Promise<boolean> => {
    latest.current += 1;
    const round = latest.current;
    const show = (next: SaveState) => {
      if (round === latest.current) setState(next);
    };
    show({ status: "saving" });
    try {
      await work();
      show({ status: "saved" });
      return true;
    } catch (error) {
      show({
        status: "failed",
        error: error instanceof ApiError ? error : new ApiError("internal", { cause: error }),
      });
      return false;
    }
  };
  return { state, save, reset: () => setState({ status: "idle" }) };
}
