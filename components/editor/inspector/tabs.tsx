"use client";

import type { LucideIcon } from "lucide-react";
import { TextCursorInput } from "lucide-react";
import type { ComponentType } from "react";
import { CueTab } from "./cue-tab";

/** The tabs of the inspector; names are `editor.inspector.<id>` in the texts. */
export interface InspectorTab {
  id: "cue" | "style" | "quality" | "notes" | "versions";
  icon: LucideIcon;
  Panel: ComponentType;
}

/** In their order. A panel reads what it needs from `useEditor()`. */
export const inspectorTabs: readonly InspectorTab[] = [
  { id: "cue", icon: TextCursorInput, Panel: CueTab },
];
