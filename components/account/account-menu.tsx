"use client";

import { CircleUser, LogOut, Scale, Settings } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { startTransition } from "react";
import { Avatar } from "@/components/account/avatar";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import type { AccountView } from "@/lib/accounts/schema";
import { routes } from "@/lib/client/routes";
import { useKnownAccount } from "@/lib/client/use-account";
import { AppearanceChoices } from "./appearance-choices";

interface AccountMenuProps {
  user: Pick<AccountView, "id" | "name" | "email" | "photoUrl" | "operator">;
  /** The server action that ends the session. */
  logOut: () => Promise<void>;
}

/** Who is logged in, settings, language, appearance, and the way out. */
export function AccountMenu({ user: shown, logOut }: AccountMenuProps) {
  const t = useTranslations("studio.shell");
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
      <AppearanceChoices />
      <MenuSeparator />
      <MenuItem onClick={() => startTransition(leave)}>
        <LogOut aria-hidden="true" />
        {t("logOut")}
      </MenuItem>
    </Menu>
  );
}
