"use client";

import type { LucideIcon } from "lucide-react";
import { History, ListChecks, MessageSquareText, Palette, TextCursorInput } from "lucide-react";
import type { ComponentType } from "react";
import { NotesPanel } from "@/components/notes/notes-panel";
import { QualityPanel } from "@/components/quality/quality-panel";
import { StylePanel } from "@/components/style/style-panel";
import { VersionsPanel } from "@/components/versions/versions-panel";
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
  { id: "style", icon: Palette, Panel: StylePanel },
  { id: "quality", icon: ListChecks, Panel: QualityPanel },
  { id: "notes", icon: MessageSquareText, Panel: NotesPanel },
  { id: "versions", icon: History, Panel: VersionsPanel },
];
