"use client";

import { CircleUser, LogIn, LogOut, UserPlus } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { startTransition } from "react";
import { AppearanceChoices } from "@/components/account/appearance-choices";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { routes } from "@/lib/client/routes";

/** In the account menu's place for somebody without an account. */
export function VisitorMenu({ leave }: { leave: () => Promise<void> }) {
  const t = useTranslations("trial.shell");
  const shell = useTranslations("studio.shell");
  const end = async () => {
    await leave();
    // A new page, so that nothing of the visitor stays in memory for whoever comes next.
    window.location.assign(routes.trial());
  };
  return (
    <Menu
      className="w-60"
      trigger={
        <IconButton label={shell("account")}>
          <CircleUser aria-hidden="true" />
        </IconButton>
      }
    >
      <div className="flex flex-col px-2 py-1.5">
        <span className="font-medium">{t("name")}</span>
        <span className="text-ink-muted text-sm">{t("about")}</span>
      </div>
      <MenuSeparator />
      <MenuLink render={<NextLink href={routes.signUp()} />}>
        <UserPlus aria-hidden="true" />
        {t("signUp")}
      </MenuLink>
      <MenuLink render={<NextLink href={routes.login()} />}>
        <LogIn aria-hidden="true" />
        {t("logIn")}
      </MenuLink>
      <MenuSeparator />
      <AppearanceChoices />
      <MenuSeparator />
      <MenuItem onClick={() => startTransition(end)}>
        <LogOut aria-hidden="true" />
        {t("end")}
      </MenuItem>
    </Menu>
  );
}
