"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ProviderMark } from "@/components/account/provider-mark";
import { useFreshAction } from "@/components/account/use-fresh";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import type { ProviderId, SignInMethods } from "@/lib/auth/schema";
import { routes } from "@/lib/client/routes";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import { goToProvider, unlinkProvider } from "@/lib/client/use-sign-in-methods";
import { type SignInRow, signInRows } from "./sign-in-rows";

/** Other ways to log in than the password. */
export function ProvidersPanel({ methods }: { methods: SignInMethods }) {
  const t = useTranslations("settings.security.methods");
  const names = useTranslations("settings.providers");
  const [asking, setAsking] = useState(false);
  /** The line whose button was pressed last. */
  const [chosen, setChosen] = useState<ProviderId | null>(null);
  const name = chosen ? names(chosen) : "";
  const link = useFreshAction((provider: ProviderId) =>
    goToProvider(provider, { intent: "link", next: routes.settingsSecurity() }),
  );
  const unlink = useFreshAction(async (provider: ProviderId) => {
    await unlinkProvider(provider);
    toast.success(t("unlinked", { provider: names(provider) }));
  });
  const rows = signInRows(methods);
  return (
    <Panel>
      <PanelHeader title={t("title")} />
      {rows.length === 0 ? (
        <PanelBody className="text-ink-muted">{t("none")}</PanelBody>
      ) : (
        <ul className="divide-y">
          {rows.map((row) => (
            <ProviderRow
              key={row.provider}
              row={row}
              pending={chosen === row.provider && (link.pending || unlink.pending)}
              onPress={() => {
                setChosen(row.provider);
                if (row.change === "link") link.run(row.provider);
                else setAsking(true);
              }}
            />
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("unlinkTitle", { provider: name })}
        description={t("unlinkDescription", { provider: name })}
        cancelLabel={useTranslations("common")("cancel")}
        confirmLabel={t("unlinkConfirm")}
        onConfirm={() => {
          setAsking(false);
          if (chosen) unlink.run(chosen);
        }}
      />
      {link.dialog}
      {unlink.dialog}
    </Panel>
  );
}

interface ProviderRowProps {
  row: SignInRow;
  pending: boolean;
  onPress: () => void;
}

function ProviderRow({ row, pending, onPress }: ProviderRowProps) {
  const t = useTranslations("settings.security.methods");
  const provider = useTranslations("settings.providers")(row.provider);
  const quantities = useQuantities();
  const nowMs = useNow(60_000, row.identity !== undefined);
  const { identity, change } = row;
  const reasonId = `settings-last-${row.provider}`;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3.5">
      <ProviderMark provider={row.provider} />
      <div className="flex min-w-0 flex-1 flex-col">
        <span className="font-medium">{provider}</span>
        <span className="text-ink-muted text-sm">
          {identity ? (
            <>
              {identity.email ? `${identity.email} · ` : null}
              <time
                dateTime={identity.lastUsedAt}
                title={quantities.exactTime(identity.lastUsedAt)}
              >
                {t("lastUsed", { when: quantities.when(identity.lastUsedAt, nowMs) })}
              </time>
            </>
          ) : (
            t("notLinked")
          )}
        </span>
      </div>
      {change === "link" ? (
        <Button aria-label={t("linkLabel", { provider })} pending={pending} onClick={onPress}>
          {t("link")}
        </Button>
      ) : (
        <Button
          aria-label={t("unlinkLabel", { provider })}
          aria-describedby={change === "last" ? reasonId : undefined}
          // Not `disabled`: the reason is read with the button, which has to be reachable for that.
          aria-disabled={change === "last"}
          pending={pending}
          onClick={change === "last" ? undefined : onPress}
        >
          {t("unlink")}
        </Button>
      )}
      {change === "last" ? (
        <p id={reasonId} className="w-full text-ink-muted text-sm">
          {t("last")}
        </p>
      ) : null}
    </li>
  );
}
