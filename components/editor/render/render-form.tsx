"use client";

import { Film } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { useErrorText } from "@/components/ui/request-error";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { ApiError } from "@/lib/client/api";
import { orderRender } from "@/lib/client/use-renders";
import { useSaveState } from "@/lib/client/use-track";
import { newId } from "@/lib/ids";
import { type RenderHeight, renderHeights } from "@/lib/renders/heights";
import { maxOpenRenders } from "@/lib/renders/limits";
import type { RenderOptions, RenderView } from "@/lib/renders/schema";
import { isOpen } from "@/lib/renders/statuses";
import { useEditor } from "../editor-context";

interface RenderFormProps {
  renders: readonly RenderView[];
  available: boolean;
}

const qualities = ["standard", "high"] as const;

/** Orders a video: how large, how well. */
export function RenderForm({ renders, available }: RenderFormProps) {
  const { video, session } = useEditor();
  const t = useTranslations("renders");
  const { unsent } = useSaveState(session);
  const [options, setOptions] = useState<RenderOptions>({ height: "source", quality: "standard" });
  const order = useOrder(options);
  const full = renders.filter(({ status }) => isOpen(status)).length >= maxOpenRenders;
  const heights = renderHeights.filter((height) => isSmaller(height, video));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field id="render-height" label={t("height")} className="min-w-44">
          {({ id }) => (
            <Select
              id={id}
              value={String(options.height)}
              onValueChange={(value) => setOptions({ ...options, height: heightOf(value) })}
              options={heights.map((height) => ({
                value: String(height),
                label: height === "source" ? t("source") : `${height}p`,
              }))}
              className="w-full"
            />
          )}
        </Field>
        <div className="flex flex-col gap-1.5">
          <span className="font-medium">{t("quality")}</span>
          <Segmented
            label={t("quality")}
            name="render-quality"
            value={options.quality}
            onValueChange={(quality) => setOptions({ ...options, quality })}
            segments={qualities.map((value) => ({ value, label: t(`qualities.${value}`) }))}
          />
        </div>
      </div>
      {unsent > 0 ? <p className="text-sm text-warning">{t("unsent")}</p> : null}
      {full ? (
        <p className="text-ink-muted text-sm">{t("full", { count: maxOpenRenders })}</p>
      ) : null}
      {order.problem ? (
        <p role="alert" className="text-danger text-sm">
          {order.problem}
        </p>
      ) : null}
      <Button
        variant="primary"
        className="self-start"
        disabled={!available || full || unsent > 0}
        pending={order.pending}
        onClick={order.send}
      >
        <Film aria-hidden="true" />
        {t("order")}
      </Button>
    </div>
  );
}

/** One order a press: a press after a lost answer is the same order. */
function useOrder(options: RenderOptions) {
  const { video, track } = useEditor();
  const errorText = useErrorText();
  const [key, setKey] = useState(() => newId());
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const send = async () => {
    setPending(true);
    setProblem(undefined);
    try {
      await orderRender(video.id, { trackId: track.id, options, idempotencyKey: key });
      setKey(newId());
    } catch (error) {
      setProblem(errorText(error instanceof ApiError ? error : new ApiError("internal")));
    }
    setPending(false);
  };
  return { pending, problem, send: () => void send() };
}

const heightOf = (value: string): RenderHeight =>
  renderHeights.find((height) => String(height) === value) ?? "source";

/** Whether a height makes this picture smaller: larger ones are no use. */
function isSmaller(
  height: RenderHeight,
  { width, height: high }: { width: number | null; height: number | null },
): boolean {
  return height === "source" || !width || !high || height < Math.min(width, high);
}
