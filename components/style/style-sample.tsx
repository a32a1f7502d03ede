"use client";

import { useTranslations } from "next-intl";
import { captionLook } from "@/components/player/caption-look";
import { cn } from "@/components/ui/cn";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

/** A sample is so much lower than the picture that letters of every size can be told apart. */
const sampleSize = 5.5;
/** The usual size of letters in percent of the height: what samples are drawn around. */
const usualSize = 6;

/** Two letters in a look, on something that is neither dark nor light. */
export function StyleSample({ style, className }: { style: SubtitleStyle; className?: string }) {
  const t = useTranslations("style");
  const scale = sampleSize * (usualSize / Math.max(style.fontSizePercent, 4)) ** 0.6;
  const drawn: SubtitleStyle = {
    ...style,
    ...{ alignment: 5, position: null, marginHorizontalPercent: 0 },
    fontSizePercent: style.fontSizePercent * scale,
    outlinePercent: style.outlinePercent * scale,
    shadowPercent: style.shadowPercent * scale,
  };
  const { block, letters } = captionLook(drawn, undefined, { width: 16, height: 9 });
  const { padding, ...rest } = letters;
  return (
    <span
      aria-hidden="true"
      className={cn(
        "relative block overflow-hidden bg-linear-to-r from-[#4b5563] to-[#9ca3af] [container-type:size]",
        className,
      )}
    >
      <span style={block} className="absolute whitespace-nowrap">
        <span style={{ ...rest, ...(padding !== undefined && { padding: "0 0.15em" }) }}>
          {t("sample")}
        </span>
      </span>
    </span>
  );
}
