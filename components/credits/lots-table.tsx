"use client";

import { useTranslations } from "next-intl";
import { Panel, PanelHeader } from "@/components/ui/panel";
import type { LotView } from "@/lib/credits/schema";
import { useCreditWords } from "./use-credit-words";

/** Which credits there are, in the order in which they are spent. */
export function LotsTable({ lots, nowMs }: { lots: readonly LotView[]; nowMs: number }) {
  const t = useTranslations("credits.lots");
  return (
    <Panel className="overflow-hidden">
      <PanelHeader title={t("title")}>
        <span className="text-ink-muted text-sm">{t("order")}</span>
      </PanelHeader>
      <table className="w-full text-left">
        <thead className="border-b text-ink-muted text-sm">
          <tr className="[&>th]:h-9 [&>th]:px-4 [&>th]:font-medium">
            <th scope="col">{t("source")}</th>
            <th scope="col" className="max-sm:hidden">
              {t("received")}
            </th>
            <th scope="col">{t("expires")}</th>
            <th scope="col" className="text-right">
              {t("remaining")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lots.map((lot) => (
            <LotRow key={lot.id} lot={lot} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function LotRow({ lot, nowMs }: { lot: LotView; nowMs: number }) {
  const t = useTranslations("credits.lots");
  const words = useCreditWords();
  const { expiresAt } = lot;
  const over = expiresAt !== null && Date.parse(expiresAt) <= nowMs;
  return (
    <tr className="border-b last:border-b-0 [&>td]:px-4 [&>td]:py-2.5">
      <td className="font-medium">{words.source(lot.source)}</td>
      <td className="text-ink-muted max-sm:hidden">{words.day(lot.createdAt)}</td>
      <td className="text-ink-muted">
        {expiresAt === null ? t("never") : over ? t("expired") : words.day(expiresAt)}
      </td>
      <td className="text-right">
        <span className="font-medium">{words.number(lot.remaining)}</span>{" "}
        {lot.remaining < lot.granted ? (
          <span className="text-ink-muted text-sm">/ {words.number(lot.granted)}</span>
        ) : null}
        {lot.held > 0 ? (
          <p className="text-ink-muted text-sm">{t("held", { count: lot.held })}</p>
        ) : null}
      </td>
    </tr>
  );
}
