import { Info } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { type ReactNode, Suspense } from "react";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import { signUpCredits, trialCredits } from "@/lib/credits/lots";
import { transcriptionPerMinute, translationPerMinute } from "@/lib/credits/price";
import { Section } from "./section";

/**
 * What it costs, what is free, and a bill to go with it.
 * @param topUp what topping up starts at; follows with the request, the page is prerendered
 */
export async function Price({ topUp }: { topUp: ReactNode }) {
  const t = await getTranslations("marketing.price");
  return (
    <Section id="price" title={t("title")} description={t("description")}>
      <div className="grid items-start gap-x-12 gap-y-8 md:grid-cols-[1fr_24rem]">
        <div className="flex flex-col gap-6">
          <dl className="flex flex-col border-t">
            <Rate name={t("caption")}>{t("captionRate", { credits: transcriptionPerMinute })}</Rate>
            <Rate name={t("translation")} badge={t("soon")}>
              {t("translationRate", { credits: translationPerMinute })}
            </Rate>
            <Rate name={t("signUp")}>{t("gift", giftOf(signUpCredits))}</Rate>
            <Rate name={t("trial")}>{t("gift", giftOf(trialCredits))}</Rate>
            <Rate name={t("topUp")}>
              <Suspense fallback={<Skeleton className="inline-block h-5 w-36 align-middle" />}>
                {topUp}
              </Suspense>
            </Rate>
          </dl>
          <p className="flex items-start gap-2.5 rounded-base bg-accent-soft px-4 py-3.5 text-base">
            <Info aria-hidden="true" className="mt-0.75 size-4 shrink-0 text-accent" />
            {t("now")}
          </p>
        </div>
        <Receipt />
      </div>
    </Section>
  );
}

/** Credits that are given, and the minutes of video that they caption. */
function giftOf(credits: number): { credits: number; minutes: number } {
  return { credits, minutes: Math.floor(credits / transcriptionPerMinute) };
}

interface RateProps {
  name: string;
  badge?: string;
  children: ReactNode;
}

function Rate({ name, badge, children }: RateProps) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b py-4">
      <dt className="flex items-center gap-2.5 font-medium">
        {name}
        {badge ? <Badge>{badge}</Badge> : null}
      </dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

/** 754 s at 10 and at 5 credits a minute, each line rounded up: 125.7, 62.8 and 62.8. */
const lines = [
  { name: "receiptCaption", credits: 126 },
  { name: "receiptEnglish", credits: 63 },
  { name: "receiptJapanese", credits: 63 },
] as const;

async function Receipt() {
  const t = await getTranslations("marketing.price");
  const total = lines.reduce((sum, line) => sum + line.credits, 0);
  return (
    <table className="w-full rounded-base border-separate border-spacing-0 border bg-surface text-base">
      <caption className="pb-3 text-left font-medium text-ink-muted">{t("receiptTitle")}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("receiptItem")}</th>
          <th scope="col">{t("receiptCredits")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.name}>
            <th scope="row" className="px-5 py-2 text-left font-normal first:pt-2">
              {t(line.name)}
            </th>
            <td className="px-5 py-2 text-right">{t("credits", { count: line.credits })}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="border-t px-5 py-3 text-left font-semibold">
            {t("receiptTotal")}
          </th>
          <td className="border-t px-5 py-3 text-right font-semibold">
            {t("credits", { count: total })}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
