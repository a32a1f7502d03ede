"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect } from "react";
import { Toaster as Sonner } from "sonner";
import { Spinner } from "./spinner";

export interface ToastsProps {
  label: string;
  closeLabel: string;
  /** From now on what is sent to `sonner` appears. */
  onReady: () => void;
}

/** The code behind `Toaster`, which no page needs at first. */
export function Toasts({ label, closeLabel, onReady }: ToastsProps) {
  const { resolvedTheme } = useTheme();
  useEffect(onReady, [onReady]);
  return (
    <Sonner
      containerAriaLabel={label}
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      icons={{
        success: <CircleCheck aria-hidden="true" className="size-4 text-success" />,
        error: <CircleAlert aria-hidden="true" className="size-4 text-danger" />,
        warning: <TriangleAlert aria-hidden="true" className="size-4 text-warning" />,
        info: <Info aria-hidden="true" className="size-4 text-accent" />,
        loading: <Spinner />,
      }}
      toastOptions={{
        closeButtonAriaLabel: closeLabel,
        style: {
          background: "var(--raised)",
          color: "var(--ink)",
          borderColor: "var(--line-strong)",
          borderRadius: "var(--radius-base)",
          boxShadow: "var(--popup-shadow)",
          fontFamily: "inherit",
          fontSize: "var(--text-base)",
        },
      }}
    />
  );
}
