"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useErrorText } from "@/components/ui/request-error";
import type { ProviderId, ReauthenticationNeeds } from "@/lib/auth/schema";
import { ApiError } from "@/lib/client/api";
import { goToProvider } from "@/lib/client/use-sign-in-methods";
import { ProofForm } from "./proof-form";
import { ProviderMark } from "./provider-mark";
import { reauthenticationForm } from "./reauthentication";

interface ReauthenticateDialogProps {
  needs: ReauthenticationNeeds;
  open: boolean;
  /** The server believes it now. */
  onConfirmed: () => void;
  onDismissed: () => void;
  /** After either, when it has left the screen. */
  onClosed: () => void;
}

/** Asks who it is before something important. */
export function ReauthenticateDialog({
  needs,
  open,
  onConfirmed,
  onDismissed,
  onClosed,
}: ReauthenticateDialogProps) {
  const t = useTranslations("settings.reauthenticate");
  const common = useTranslations("common");
  const first = useRef<HTMLInputElement>(null);
  const { password, code, providers } = reauthenticationForm(needs);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || onDismissed()}
      onClosed={onClosed}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      {...(password ? { initialFocus: first } : {})}
    >
      <div className="flex flex-col gap-4 pt-2">
        {password ? <ProofForm asksCode={code} first={first} onConfirmed={onConfirmed} /> : null}
        {password && providers.length > 0 ? (
          <div className="flex items-center gap-3 text-ink-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            {t("or")}
          </div>
        ) : null}
        {providers.length > 0 ? <ProviderButtons providers={providers} /> : null}
        {!password && providers.length === 0 ? <Notice tone="warning">{t("none")}</Notice> : null}
      </div>
    </Dialog>
  );
}

function ProviderButtons({ providers }: { providers: readonly ProviderId[] }) {
  const t = useTranslations("settings");
  const errorText = useErrorText();
  const [leaving, setLeaving] = useState<ProviderId | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const go = async (provider: ProviderId) => {
    setLeaving(provider);
    setWrong(null);
    try {
      await goToProvider(provider, { intent: "reauthenticate", next: window.location.pathname });
    } catch (cause) {
      setLeaving(null);
      setWrong(errorText(cause instanceof ApiError ? cause : new ApiError("internal", { cause })));
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <div role="alert" className="empty:hidden">
        {wrong ? <Notice tone="danger">{wrong}</Notice> : null}
      </div>
      {providers.map((provider) => (
        <Button
          key={provider}
          pending={leaving === provider}
          disabled={leaving !== null && leaving !== provider}
          onClick={() => void go(provider)}
        >
          {leaving === provider ? null : <ProviderMark provider={provider} />}
          {t("reauthenticate.with", { provider: t(`providers.${provider}`) })}
        </Button>
      ))}
      <p className="text-ink-muted text-sm">{t("reauthenticate.returnHint")}</p>
    </div>
  );
}
