"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

/** React warns about a script it would render in the browser, where it has run long before. */
const themeScript = { type: typeof window === "undefined" ? "text/javascript" : "text/plain" };

/** Light, dark or the system's choice, set as a class on `<html>` before the first paint. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <NextThemes
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      scriptProps={themeScript}
    >
      {children}
    </NextThemes>
  );
}
