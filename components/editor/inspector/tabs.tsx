"use client";

import type { LucideIcon } from "lucide-react";
import { History, ListChecks, MessageSquareText, Palette, TextCursorInput } from "lucide-react";
import type { ComponentType } from "react";
import { lazyPart } from "@/components/ui/lazy-part";
import { Skeleton } from "@/components/ui/skeleton";
import { CueTab } from "./cue-tab";

const onItsWay = (
  <div aria-hidden="true" className="flex flex-col gap-3">
    <Skeleton className="h-9 w-full" />
    <Skeleton className="h-24 w-full" />
  </div>
);

const StylePanel = lazyPart(
  () => import("@/components/style/style-panel").then((module) => module.StylePanel),
  onItsWay,
);
const QualityPanel = lazyPart(
  () => import("@/components/quality/quality-panel").then((module) => module.QualityPanel),
  onItsWay,
);
const NotesPanel = lazyPart(
  () => import("@/components/notes/notes-panel").then((module) => module.NotesPanel),
  onItsWay,
);
const VersionsPanel = lazyPart(
  () => import("@/components/versions/versions-panel").then((module) => module.VersionsPanel),
  onItsWay,
);

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
