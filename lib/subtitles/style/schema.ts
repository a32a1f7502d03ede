import { z } from "zod";
import {
  colorPattern,
  fontNamePattern,
  maxFontName,
  styleLimits,
} from "@/lib/subtitles/style/limits";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

const within = ([least, most]: readonly [number, number]) => z.number().min(least).max(most);
const color = z.string().toLowerCase().regex(colorPattern);

const properties = {
  fontFamily: z.string().trim().max(maxFontName).regex(fontNamePattern),
  fontSizePercent: within(styleLimits.fontSizePercent),
  bold: z.boolean(),
  italic: z.boolean(),
  color,
  outlineColor: color,
  outlinePercent: within(styleLimits.outlinePercent),
  shadowPercent: within(styleLimits.shadowPercent),
  backgroundColor: color.nullable(),
  alignment: z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9]),
  marginVerticalPercent: within(styleLimits.marginVerticalPercent),
  marginHorizontalPercent: within(styleLimits.marginHorizontalPercent),
  position: z
    .strictObject({
      xPercent: within(styleLimits.position),
      yPercent: within(styleLimits.position),
    })
    .nullable(),
};

/** A whole style as it may be sent and kept. */
export const subtitleStyle: z.ZodType<SubtitleStyle> = z.strictObject(properties);

/** What one cue has of its own, as it may be sent and kept. */
export const styleOverrides: z.ZodType<StyleOverrides> = z
  .strictObject(properties)
  .partial() as z.ZodType<StyleOverrides>;
