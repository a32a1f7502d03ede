"use client";

import { useEffect, useState } from "react";

/**
 * Fullscreen for a part of the page. The whole document goes fullscreen and the part, told by
 * `on`, covers it: menus and dialogs live beside the part and would otherwise be left behind.
 * Where the browser has no fullscreen (iPhone) the part covers the page instead.
 */
export function useFullscreen() {
  const [on, setOn] = useState(false);

  useEffect(() => {
    const read = () => {
      if (!document.fullscreenElement) setOn(false);
    };
    document.addEventListener("fullscreenchange", read);
    return () => {
      document.removeEventListener("fullscreenchange", read);
      setOn(false);
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    };
  }, []);

  useEffect(() => {
    if (!on) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) setOn(false);
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, [on]);

  const toggle = () => {
    if (on && document.fullscreenElement) document.exitFullscreen().catch(() => {});
    // Refused without a gesture: covering the page is still what was asked for.
    else if (!on) document.documentElement.requestFullscreen?.().catch(() => {});
    setOn(!on);
  };
  return { on, toggle };
}
