"use client";

import { CircleUser, Languages, LogOut, Monitor, Moon, Scale, Settings, Sun } from "lucide-react";
import NextLink from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type MouseEvent, startTransition } from "react";
import { Avatar } from "@/components/account/avatar";
import { useChosenTheme } from "@/components/account/theme-switch";
import { IconButton } from "@/components/ui/button";
import {
  Menu,
  MenuGroup,
  MenuItem,
  MenuLink,
  MenuRadioGroup,
  MenuSeparator,
} from "@/components/ui/menu";
import { languageNames, otherLocale } from "@/i18n/routing";
import type { AccountView } from "@/lib/accounts/schema";
import { routes } from "@/lib/client/routes";
import { rememberChoice, useKnownAccount } from "@/lib/client/use-account";

interface AccountMenuProps {
  user: Pick<AccountView, "id" | "name" | "email" | "photoUrl" | "operator">;
  /** The server action that ends the session. */
  logOut: () => Promise<void>;
}

/** Who is logged in, settings, language, appearance, and the way out. */
export function AccountMenu({ user: shown, logOut }: AccountMenuProps) {
  const t = useTranslations("studio.shell");
  const common = useTranslations("common");
  const user = useKnownAccount(shown);
  const leave = async () => {
    await logOut();
    // A new page, so that nothing of this account stays in memory for whoever comes next.
    window.location.assign(routes.home());
  };
  return (
    <Menu
      className="w-60"
      trigger={
        <IconButton label={t("account")}>
          {user.photoUrl ? (
            <Avatar name={user.name} photoUrl={user.photoUrl} className="size-7 text-sm" />
          ) : (
            <CircleUser aria-hidden="true" />
          )}
        </IconButton>
      }
    >
      <div className="flex flex-col px-2 py-1.5">
        <span className="truncate font-medium">{user.name}</span>
        {user.email ? <span className="truncate text-ink-muted text-sm">{user.email}</span> : null}
      </div>
      <MenuSeparator />
      <MenuLink render={<NextLink href={routes.settings()} />}>
        <Settings aria-hidden="true" />
        {t("settings")}
      </MenuLink>
      {user.operator ? (
        <MenuLink render={<NextLink href={routes.findings()} />}>
          <Scale aria-hidden="true" />
          {t("findings")}
        </MenuLink>
      ) : null}
      <MenuSeparator />
      <ThemeChoice />
      <MenuSeparator />
      <MenuGroup label={common("language")}>
        <LanguageChoice />
      </MenuGroup>
      <MenuSeparator />
      <MenuItem onClick={() => startTransition(leave)}>
        <LogOut aria-hidden="true" />
        {t("logOut")}
      </MenuItem>
    </Menu>
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
