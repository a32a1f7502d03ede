"use client";

import { lazyPart } from "@/components/ui/lazy-part";
import { useFind } from "./find-context";

const FindForm = lazyPart(() => import("./find-form").then((module) => module.FindForm));

/** Finds and replaces, above the list and beside the work: no dialog. */
export function FindPanel() {
  const { state } = useFind();
  return state.open ? <FindForm /> : null;
}
