"use client";

import { useTranslations } from "next-intl";
import { Switch } from "@/components/ui/switch";
import { colorOf, rgbaOf } from "@/lib/subtitles/style";
import { styleLimits } from "@/lib/subtitles/style/limits";
import { ColorRow } from "./color-row";
import { NumberRow } from "./number-row";
import type { Styling } from "./use-styling";

/** The box that a switch puts behind the lines: black, through which a quarter of the picture shows. */
const usualBox = "#000000b8";

/** What sets letters off from the picture: an edge and a shadow, or a box in their place. */
export function EdgeFields({ styling }: { styling: Styling }) {
  const t = useTranslations("style");
  const { style, mixed, readOnly: disabled, commit } = styling;
  const box = style.backgroundColor;
  return (
    <div className="flex flex-col gap-1">
      <Switch
        label={t("box")}
        hint={t("boxHint")}
        checked={box !== null}
        disabled={disabled}
        onCheckedChange={(on) => commit({ backgroundColor: on ? usualBox : null })}
      />
      {box !== null ? (
        <BoxRows styling={styling} box={box} mixed={mixed.has("backgroundColor")} />
      ) : (
        <OutlineRows styling={styling} />
      )}
    </div>
  );
}

function BoxRows({ styling, box, mixed }: { styling: Styling; box: string; mixed: boolean }) {
  const t = useTranslations("style");
  const { readOnly: disabled, preview, commit } = styling;
  const withOpacity = (percent: number) => ({
    backgroundColor: colorOf({ ...rgbaOf(box), alpha: (percent * 255) / 100 }),
  });
  return (
    <>
      <ColorRow
        label={t("boxColor")}
        value={box}
        mixed={mixed}
        disabled={disabled}
        onPreview={(backgroundColor) => preview({ backgroundColor })}
        onCommit={(backgroundColor) => commit({ backgroundColor })}
      />
      <NumberRow
        label={t("opacity")}
        value={Math.round((rgbaOf(box).alpha * 100) / 255)}
        mixed={mixed}
        min={0}
        max={100}
        step={1}
        disabled={disabled}
        onPreview={(percent) => preview(withOpacity(percent))}
        onCommit={(percent) => commit(withOpacity(percent))}
      />
    </>
  );
}

function OutlineRows({ styling }: { styling: Styling }) {
  const t = useTranslations("style");
  const { style, mixed, readOnly: disabled, preview, commit } = styling;
  const [min, max] = styleLimits.outlinePercent;
  return (
    <>
      <ColorRow
        label={t("outlineColor")}
        value={style.outlineColor}
        mixed={mixed.has("outlineColor")}
        disabled={disabled}
        onPreview={(outlineColor) => preview({ outlineColor })}
        onCommit={(outlineColor) => commit({ outlineColor })}
      />
      <NumberRow
        label={t("outline")}
        value={style.outlinePercent}
        mixed={mixed.has("outlinePercent")}
        {...{ min, max, disabled }}
        sliderMax={1}
        step={0.02}
        onPreview={(outlinePercent) => preview({ outlinePercent })}
        onCommit={(outlinePercent) => commit({ outlinePercent })}
      />
      <NumberRow
        label={t("shadow")}
        value={style.shadowPercent}
        mixed={mixed.has("shadowPercent")}
        {...{ min, max, disabled }}
        sliderMax={1}
        step={0.02}
        onPreview={(shadowPercent) => preview({ shadowPercent })}
        onCommit={(shadowPercent) => commit({ shadowPercent })}
      />
    </>
  );
}
