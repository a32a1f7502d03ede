"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Segmented } from "@/components/ui/segmented";
import type { Theme } from "@/lib/accounts/schema";

export interface ThemeLabels extends Record<Theme, string> {
  label: string;
}

const never = () => () => {};

/** The chosen theme; `undefined` on the server, which can't know it. */
export function useChosenTheme(): [Theme | undefined, (theme: Theme) => void] {
  const { theme, setTheme } = useTheme();
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const known = theme === "light" || theme === "dark" || theme === "system" ? theme : undefined;
  return [inBrowser ? known : undefined, setTheme];
}

/** System, light or dark. */
export function ThemeSwitch({ labels }: { labels: ThemeLabels }) {
  const [theme, setTheme] = useChosenTheme();
  return (
    <Segmented
      label={labels.label}
      name="theme"
      value={theme}
      onValueChange={setTheme}
      segments={[
        { value: "system", label: labels.system, icon: <Monitor aria-hidden="true" /> },
        { value: "light", label: labels.light, icon: <Sun aria-hidden="true" /> },
        { value: "dark", label: labels.dark, icon: <Moon aria-hidden="true" /> },
      ]}
    />
  );
}
