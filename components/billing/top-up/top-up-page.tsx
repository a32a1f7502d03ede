"use client";

import { PackageOpen, Wallet } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { usePackages } from "@/lib/client/use-packages";
import type { CashReceiptKind, PackagesView, PackageView } from "@/lib/topups/schema";
import { CodeField } from "./code-field";
import { type Method, MethodChoice } from "./method-choice";
import { OrderSummary } from "./order-summary";
import { PackageChoice } from "./package-choice";
import { suggestPackage } from "./package-suggestion";
import { useCheckout } from "./use-checkout";

export interface TopUpVisit {
  /** Credits that are lacking; 0: the person came by themselves. */
  need: number;
  /** Where they were going, a path of this site. */
  back: string | null;
  /** The package of an earlier attempt. */
  packageId: string | null;
}

/** Buying credits: what, at which price, how; then the payment window. */
export function TopUpPage(visit: TopUpVisit) {
  const t = useTranslations("topups.topUp");
  const [code, setCode] = useState<string | null>(null);
  const { packages: view, error, loading, reload } = usePackages(code);
  if (error && !view) {
    return (
      <Panel>
        <RequestError error={error} title={t("loadFailed")} onRetry={() => void reload()} />
      </Panel>
    );
  }
  if (!view) return <TopUpPageSkeleton />;
  return (
    <Shop
      {...visit}
      view={view}
      loading={loading}
      onReload={() => void reload()}
      code={{ asked: code, onAsk: setCode, error }}
    />
  );
}

interface ShopProps extends TopUpVisit {
  view: PackagesView;
  loading: boolean;
  onReload: () => void;
  code: Pick<Parameters<typeof CodeField>[0], "asked" | "onAsk" | "error">;
}

function Shop(props: ShopProps) {
  const { view, need, packageId } = props;
  const t = useTranslations("topups.topUp");
  const suggestion = suggestPackage(view.packages, { need, earlier: packageId });
  if (!view.available || !suggestion) {
    const missing = view.available ? "none" : "unavailable";
    return (
      <Panel>
        <EmptyState
          icon={view.available ? PackageOpen : Wallet}
          title={t(missing)}
          description={t(`${missing}Description`)}
          action={<ButtonLink href={routes.credits()}>{t("backToCredits")}</ButtonLink>}
        />
      </Panel>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {view.sandbox ? <Notice tone="warning">{t("sandbox")}</Notice> : null}
      {need > 0 ? (
        <Notice>{t(suggestion.sufficient ? "needed" : "neededTooMuch", { need })}</Notice>
      ) : null}
      <Counter {...props} suggested={suggestion.packageId} />
    </div>
  );
}

function Counter({
  view,
  back,
  loading,
  onReload,
  code,
  suggested,
}: ShopProps & { suggested: string }) {
  const [packageId, setPackageId] = useState(suggested);
  const [method, setMethod] = useState<Method>("CARD");
  const [cashReceipt, setCashReceipt] = useState<CashReceiptKind>("none");
  const { pay, pending, note } = useCheckout({ back, onPriceChanged: onReload });
  const chosen = chosenPackage(view.packages, [packageId, suggested]);
  if (!chosen) return null;
  const used = chosen.promotion?.code ?? null;
  const order = () =>
    pay({
      packageId: chosen.id,
      ...(used === null ? {} : { code: used }),
      method,
      cashReceipt: method === "TRANSFER" ? cashReceipt : "none",
      amountKrw: chosen.amountKrw,
    });
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-6">
        <PackageChoice packages={view.packages} value={chosen.id} onChange={setPackageId} />
        <CodeField {...code} answer={view.code} chosen={chosen} loading={loading} />
        <MethodChoice
          method={method}
          onMethod={setMethod}
          cashReceipt={cashReceipt}
          onCashReceipt={setCashReceipt}
        />
      </div>
      <OrderSummary
        chosen={chosen}
        sandbox={view.sandbox}
        pending={pending}
        disabled={code.asked !== null && view.code?.code !== code.asked}
        onPay={order}
      >
        <div aria-live="polite">{note ? <Notice tone={note.tone}>{note.text}</Notice> : null}</div>
      </OrderSummary>
    </div>
  );
}

function chosenPackage(packages: readonly PackageView[], ids: string[]): PackageView | undefined {
  return ids.map((id) => packages.find((each) => each.id === id)).find(Boolean);
}

/** The page before anything is known of it. */
export function TopUpPageSkeleton() {
  return (
    <div aria-hidden="true" className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex flex-col gap-6">
        <div className="grid gap-2 pt-7.5 sm:grid-cols-2">
          {["a", "b", "c", "d"].map((card) => (
            <Skeleton key={card} className="h-25" />
          ))}
        </div>
        <Skeleton className="h-16" />
        <Skeleton className="h-24" />
      </div>
      <Skeleton className="h-120" />
    </div>
  );
}
