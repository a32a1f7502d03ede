"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { routes } from "@/lib/client/routes";
import type { LotSource } from "@/lib/credits/lots";
import type { HistoryEntry } from "@/lib/credits/schema";
import { targetName } from "@/lib/translation/targets";

/** Credits, money and movements as a person reads them. Days are Seoul's, as in the filter. */
export function useCreditWords() {
  const t = useTranslations("credits");
  const locale = useLocale();
  const format = useFormatter();
  return useMemo(() => {
    const component = (name: string): string => {
      if (name === "transcribe") return t("component.transcribe");
      const [kind, of = ""] = name.split(":");
      return kind === "translate"
        ? t("component.translate", { language: targetName(of, locale) })
        : t("component.retention", { days: of });
    };
    const source = (from: LotSource) => t(`source.${from}`);
    return {
      credits: (count: number) => t("amount", { count }),
      krw: (amount: number) => t("krw", { amount }),
      number: (value: number) => format.number(value),
      /** With its sign: "+300", "−10". */
      signed: (value: number) => format.number(value, { signDisplay: "exceptZero" }),
      day: (iso: string) => format.dateTime(new Date(iso), { dateStyle: "medium" }),
      moment: (iso: string) =>
        format.dateTime(new Date(iso), { dateStyle: "medium", timeStyle: "short" }),
      component,
      source,
      /** What a line of the history is about, and more about it. */
      entry: (entry: HistoryEntry): { title: string; about: string } => {
        const { job, video, amountKrw, movement } = entry;
        if (entry.kind === "use") {
          const title = job?.videoTitle ?? video?.title ?? t("history.videoGone");
          return { title, about: entry.component ? component(entry.component) : "" };
        }
        const from = entry.source ? source(entry.source) : "";
        if (movement === "grant" && from) return { title: from, about: t("movement.grant") };
        const about = amountKrw !== null ? t("krw", { amount: amountKrw }) : "";
        const told = t(`movement.${movement}`);
        return { title: told, about: about || (movement === "expire" ? from : "") };
      },
    };
  }, [t, locale, format]);
}

/** Where a line of the history leads: to the job's receipt, the video or the order. */
export function entryLink({ job, video, orderId }: HistoryEntry): string | undefined {
  if (job) return routes.receipt(job.id);
  if (video) return routes.video(video.id);
  return orderId === null ? undefined : routes.order(orderId);
}
