"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ButtonLink } from "@/components/ui/link";
import { RequestError, useErrorText } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";
import { useRetranslate, useRetranslationQuote } from "@/lib/client/use-retranslation";
import type { RetranslationQuote } from "@/lib/retranslation/schema";

interface RetranslateDialogProps {
  cueIds: readonly string[];
  onClose: () => void;
}

/** What it costs, before the button that orders it. */
export function RetranslateDialog({ cueIds, onClose }: RetranslateDialogProps) {
  const { session } = useEditor();
  const { trackId } = session;
  const t = useTranslations("sidebyside.retranslate");
  const errorText = useErrorText();
  const { quote, error, reload } = useRetranslationQuote(trackId, cueIds);
  const { order } = useRetranslate(trackId, cueIds);
  const [pending, setPending] = useState(false);
  const go = async ({ total, cues }: RetranslationQuote) => {
    setPending(true);
    try {
      await order(total);
      toast.info(t("working", { count: cues }));
      onClose();
    } catch (failure) {
      setPending(false);
      if (!(failure instanceof ApiError)) throw failure;
      toast.error(t("failed"), { description: errorText(failure) });
      reload();
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={quote ? t("about", { count: quote.cues }) : undefined}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          {quote?.affordable ? (
            <Button variant="primary" pending={pending} onClick={() => void go(quote)}>
              {t("go", { credits: quote.total })}
            </Button>
          ) : null}
          {quote && !quote.affordable ? (
            <ButtonLink variant="primary" href={routes.topUp()}>
              {t("topUp")}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      {quote ? (
        <Price quote={quote} />
      ) : error ? (
        <RequestError
          error={error}
          title={error.code === "invalid_request" ? t("noSource") : t("quoteFailed")}
          onRetry={reload}
          className="py-6"
        />
      ) : (
        <Skeleton className="h-20" />
      )}
    </Dialog>
  );
}

function Price({ quote }: { quote: RetranslationQuote }) {
  const t = useTranslations("sidebyside.retranslate");
  const { total, durationMs, balance, balanceAfter, affordable } = quote;
  return (
    <div className="flex flex-col gap-1 rounded-base bg-sunken px-3 py-2.5 tabular-nums">
      <p className="flex justify-between gap-3">
        <span className="text-ink-muted">{t("length", { seconds: durationMs / 1_000 })}</span>
        <span className="font-semibold">{t("price", { credits: total })}</span>
      </p>
      <p className="flex justify-between gap-3 text-ink-muted text-sm">
        <span>{t("balance", { credits: balance })}</span>
        {affordable ? (
          <span>{t("after", { credits: balanceAfter })}</span>
        ) : (
          <span className="text-danger">{t("short")}</span>
        )}
      </p>
    </div>
  );
}
