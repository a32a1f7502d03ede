"use client";

import { useTranslations } from "next-intl";
import { Switch } from "@/components/ui/switch";
import { keepsToArea, safeAreas } from "@/lib/subtitles/style";
import { styleLimits } from "@/lib/subtitles/style/limits";
import { AlignmentGrid } from "./alignment-grid";
import { NumberRow } from "./number-row";
import { pointOf } from "./point";
import type { Styling } from "./use-styling";

/** Where lines stand: at an edge with margins, or on a point of the picture. */
export function PlaceFields({ styling }: { styling: Styling }) {
  const t = useTranslations("style");
  const { style, mixed, readOnly: disabled, commit } = styling;
  const outside = safeAreas(styling.picture).filter((area) => !keepsToArea(style, area));
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <span className="w-20 shrink-0 pt-1 text-ink-muted text-sm">{t("alignment")}</span>
        <AlignmentGrid
          value={style.alignment}
          mixed={mixed.has("alignment")}
          disabled={disabled}
          onChange={(alignment) => commit({ alignment })}
        />
      </div>
      <div className="flex flex-col gap-1">
        <MarginRows styling={styling} />
        <Switch
          label={t("point")}
          hint={t("pointHint")}
          checked={style.position !== null}
          disabled={disabled}
          onCheckedChange={(on) => commit({ position: on ? pointOf(style) : null })}
        />
        {style.position ? <PointRows styling={styling} point={style.position} /> : null}
      </div>
      {outside.length > 0 && mixed.size === 0 ? (
        <p className="text-ink-muted text-xs">
          {t(`outside.${outside.at(-1)?.name ?? "graphics"}`)}
        </p>
      ) : null}
    </div>
  );
}

function MarginRows({ styling }: { styling: Styling }) {
  const t = useTranslations("style");
  const { style, mixed, readOnly: disabled, preview, commit } = styling;
  const [least, most] = styleLimits.marginVerticalPercent;
  const [leastSide, mostSide] = styleLimits.marginHorizontalPercent;
  return (
    <>
      {style.position === null && (style.alignment <= 3 || style.alignment >= 7) ? (
        <NumberRow
          label={t("marginVertical")}
          value={style.marginVerticalPercent}
          mixed={mixed.has("marginVerticalPercent")}
          min={least}
          max={most}
          step={0.5}
          disabled={disabled}
          onPreview={(marginVerticalPercent) => preview({ marginVerticalPercent })}
          onCommit={(marginVerticalPercent) => commit({ marginVerticalPercent })}
        />
      ) : null}
      <NumberRow
        label={t("marginHorizontal")}
        value={style.marginHorizontalPercent}
        mixed={mixed.has("marginHorizontalPercent")}
        min={leastSide}
        max={mostSide}
        step={0.5}
        disabled={disabled}
        onPreview={(marginHorizontalPercent) => preview({ marginHorizontalPercent })}
        onCommit={(marginHorizontalPercent) => commit({ marginHorizontalPercent })}
      />
    </>
  );
}

interface PointRowsProps {
  styling: Styling;
  point: { xPercent: number; yPercent: number };
}

function PointRows({ styling, point }: PointRowsProps) {
  const t = useTranslations("style");
  const { mixed, readOnly: disabled, preview, commit } = styling;
  const [min, max] = styleLimits.position;
  return (["xPercent", "yPercent"] as const).map((axis) => (
    <NumberRow
      key={axis}
      label={t(axis)}
      value={point[axis]}
      mixed={mixed.has("position")}
      {...{ min, max, disabled }}
      step={0.5}
      onPreview={(value) => preview({ position: { ...point, [axis]: value } })}
      onCommit={(value) => commit({ position: { ...point, [axis]: value } })}
    />
  ));
}
