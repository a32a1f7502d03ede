"use client";

import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { useChosenTheme } from "@/components/account/theme-switch";
import { MenuGroup, MenuLink, MenuRadioGroup, MenuSeparator } from "@/components/ui/menu";
import { languageNames, otherLocale } from "@/i18n/routing";
import { rememberChoice } from "@/lib/client/use-account";

/** Appearance and language, within a menu. */
export function AppearanceChoices() {
  const common = useTranslations("common");
  return (
    <>
      <ThemeChoice />
      <MenuSeparator />
      <MenuGroup label={common("language")}>
        <LanguageChoice />
      </MenuGroup>
    </>
  );
}

/** Takes effect at once; the account remembers it for other browsers. */
function ThemeChoice() {
  const common = useTranslations("common");
  const [theme, setTheme] = useChosenTheme();
  return (
    <MenuRadioGroup
      label={common("theme.label")}
      value={theme}
      onValueChange={(next) => {
        setTheme(next);
        void rememberChoice({ theme: next });
      }}
      options={[
        { value: "system", label: common("theme.system"), icon: <Monitor aria-hidden="true" /> },
        { value: "light", label: common("theme.light"), icon: <Sun aria-hidden="true" /> },
        { value: "dark", label: common("theme.dark"), icon: <Moon aria-hidden="true" /> },
      ]}
    />
  );
}

/** The link works by itself; a plain click stores the choice before the page is left. */
function LanguageChoice() {
  const other = otherLocale(useLocale());
  const href = `?lang=${other}`;
  const choose = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void rememberChoice({ locale: other }).then(() => window.location.assign(href));
  };
  return (
    <MenuLink href={href} hrefLang={other} lang={other} onClick={choose}>
      <Languages aria-hidden="true" />
      {languageNames[other]}
    </MenuLink>
  );
}
