"use client";

import { Mail } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useChosenTheme } from "@/components/account/theme-switch";
import { Panel, PanelHeader } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { languageNames, locales } from "@/i18n/routing";
import type { AccountView, Notifications, Theme } from "@/lib/accounts/schema";
import { updateAccount } from "@/lib/client/use-account";
import { SaveNote } from "./save-note";
import { SettingRow } from "./setting-row";
import { useSaving } from "./use-saving";

const themes = ["system", "light", "dark"] as const satisfies readonly Theme[];

/** Language and colours. The account keeps both for the person's other browsers. */
export function ScreenPanel() {
  const t = useTranslations("settings.screen");
  const common = useTranslations("common");
  const locale = useLocale();
  const [theme, setTheme] = useChosenTheme();
  const { state, save } = useSaving();
  const speak = async (next: typeof locale) => {
    if (next === locale) return;
    // The address is the switch: it keeps the choice in this browser and loads the page anew.
    if (await save(() => updateAccount({ locale: next }))) window.location.assign(`?lang=${next}`);
  };
  return (
    <Panel>
      <PanelHeader title={t("title")}>
        <SaveNote state={state} />
      </PanelHeader>
      <div className="divide-y">
        <SettingRow
          label={<label htmlFor="settings-language">{t("language")}</label>}
          control={
            <Select
              id="settings-language"
              value={locale}
              onValueChange={(next) => void speak(next)}
              options={locales.map((value) => ({ value, label: languageNames[value] }))}
              className="min-w-36"
            />
          }
        >
          {t("languageHint")}
        </SettingRow>
        <SettingRow
          label={t("theme")}
          control={
            <Segmented
              label={t("theme")}
              name="settings-theme"
              value={theme}
              onValueChange={(next) => {
                setTheme(next);
                void save(() => updateAccount({ theme: next }));
              }}
              segments={themes.map((value) => ({ value, label: common(`theme.${value}`) }))}
            />
          }
        />
      </div>
    </Panel>
  );
}

/** Which mails go out. */
export function MailPanel({ account }: { account: AccountView }) {
  const t = useTranslations("settings.mail");
  const { state, save } = useSaving();
  /** What was switched and isn't in the account yet. */
  const [switched, setSwitched] = useState<Partial<Notifications>>({});
  const shown = { ...account.notifications, ...switched };
  const change = async (part: Partial<Notifications>) => {
    setSwitched((before) => ({ ...before, ...part }));
    await save(() => updateAccount({ notifications: part }));
    // Saved: the account says so now. Not saved: back to what it says.
    setSwitched((before) =>
      Object.fromEntries(Object.entries(before).filter(([name]) => !(name in part))),
    );
  };
  return (
    <Panel>
      <PanelHeader title={t("title")}>
        <SaveNote state={state} />
      </PanelHeader>
      <div className="flex flex-col gap-1 px-4 py-3">
        <Switch
          label={t("jobCompleted")}
          checked={shown.jobCompleted}
          onCheckedChange={(jobCompleted) => void change({ jobCompleted })}
        />
        <Switch
          label={t("jobFailed")}
          checked={shown.jobFailed}
          onCheckedChange={(jobFailed) => void change({ jobFailed })}
        />
        <Switch
          label={t("credits")}
          checked={shown.credits}
          onCheckedChange={(credits) => void change({ credits })}
        />
        <p className="mt-2 flex items-start gap-2 text-ink-muted text-sm">
          <Mail aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t("security")}
        </p>
      </div>
    </Panel>
  );
}
