"use client";

import { CircleUser, Languages, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { startTransition } from "react";
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

interface AccountMenuProps {
  user: { name: string; email: string | null };
  /** The server action that ends the session. */
  logOut: () => Promise<void>;
}

/** Who is logged in, language, appearance, and the way out. */
export function AccountMenu({ user, logOut }: AccountMenuProps) {
  const t = useTranslations("studio.shell");
  const common = useTranslations("common");
  const other = otherLocale(useLocale());
  const [theme, setTheme] = useChosenTheme();
  return (
    <Menu
      className="w-60"
      trigger={
        <IconButton label={t("account")}>
          <CircleUser aria-hidden="true" />
        </IconButton>
      }
    >
      <div className="flex flex-col px-2 py-1.5">
        <span className="truncate font-medium">{user.name}</span>
        {user.email ? <span className="truncate text-ink-muted text-sm">{user.email}</span> : null}
      </div>
      <MenuSeparator />
      <MenuRadioGroup
        label={common("theme.label")}
        value={theme}
        onValueChange={setTheme}
        options={[
          { value: "system", label: common("theme.system"), icon: <Monitor aria-hidden="true" /> },
          { value: "light", label: common("theme.light"), icon: <Sun aria-hidden="true" /> },
          { value: "dark", label: common("theme.dark"), icon: <Moon aria-hidden="true" /> },
        ]}
      />
      <MenuSeparator />
      <MenuGroup label={common("language")}>
        <MenuLink href={`?lang=${other}`} hrefLang={other} lang={other}>
          <Languages aria-hidden="true" />
          {languageNames[other]}
        </MenuLink>
      </MenuGroup>
      <MenuSeparator />
      <MenuItem onClick={() => startTransition(logOut)}>
        <LogOut aria-hidden="true" />
        {t("logOut")}
      </MenuItem>
    </Menu>
  );
}
