import { z } from "zod";
import { subtitleStyle } from "@/lib/subtitles/style/schema";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { cleanLine } from "@/lib/text";

/** Most looks that one person keeps. */
export const maxStylePresets = 50;

/** Names are compared as they are read: composed (NFC), on one line. */
const presetName = cleanLine(1, 60).transform((name) =>
  name.normalize("NFC").replace(/[\s\p{Cc}]+/gu, " "),
);

export const stylePresetInput = z.strictObject({ name: presetName, style: subtitleStyle });
export type StylePresetInput = z.infer<typeof stylePresetInput>;

/** Changes what is given and leaves the rest. */
export const stylePresetChange = stylePresetInput.partial();
export type StylePresetChange = z.infer<typeof stylePresetChange>;

/** A look that somebody has kept to use again. */
export interface StylePresetView {
  id: string;
  name: string;
  style: SubtitleStyle;
  /** ISO 8601. */
  updatedAt: string;
}
