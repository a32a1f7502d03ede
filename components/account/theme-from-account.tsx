"use client";

import { useTheme } from "next-themes";
import { useEffect } from "react";
import type { Theme } from "@/lib/accounts/schema";

/** Where next-themes keeps this browser's choice. */
const storageKey = "theme";

function hasOwnChoice(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    // Storage is forbidden: a choice would not last, so the account's doesn't replace it either.
    return true;
  }
}

/** A browser without a choice of its own takes the account's. */
export function ThemeFromAccount({ theme }: { theme: Theme }) {
  const { setTheme } = useTheme();
  useEffect(() => {
    if (theme !== "system" && !hasOwnChoice()) setTheme(theme);
  }, [theme, setTheme]);
  return null;
}
