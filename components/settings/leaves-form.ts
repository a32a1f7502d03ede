import type { KeyboardEvent } from "react";

/** Whether a key means to leave the form: Escape, unless it closes a list of one of its fields. */
export function leavesForm({ key, target, defaultPrevented }: KeyboardEvent): boolean {
  if (key !== "Escape" || defaultPrevented) return false;
  return !(target instanceof Element && target.getAttribute("aria-expanded") === "true");
}
