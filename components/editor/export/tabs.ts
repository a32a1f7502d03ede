import type { ComponentType } from "react";
import { RenderPanel } from "../render/render-panel";
import { SubtitleExport } from "./subtitle-export";

export interface ExportTab {
  /** Its label is `files.export.<value>`. */
  value: "subtitles" | "burnedIn";
  Panel: ComponentType;
}

/** What can be taken home, a tab each. */
export const exportTabs: readonly ExportTab[] = [
  { value: "subtitles", Panel: SubtitleExport },
  { value: "burnedIn", Panel: RenderPanel },
];
