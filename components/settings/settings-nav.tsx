"use client";

import {
  BookText,
  MonitorSmartphone,
  Ruler,
  ShieldCheck,
  UserRound,
  UserRoundCog,
} from "lucide-react";
import NextLink from "next/link";
import { useSelectedLayoutSegment } from "next/navigation";
import { useTranslations } from "next-intl";
import { Suspense } from "react";
import { routes } from "@/lib/client/routes";

const places = [
  { name: "profile", segment: null, href: routes.settings(), icon: UserRound },
  { name: "glossary", segment: "glossary", href: routes.settingsGlossary(), icon: BookText },
  { name: "profiles", segment: "profiles", href: routes.settingsProfiles(), icon: Ruler },
  { name: "security", segment: "security", href: routes.settingsSecurity(), icon: ShieldCheck },
  {
    name: "sessions",
    segment: "sessions",
    href: routes.settingsSessions(),
    icon: MonitorSmartphone,
  },
  { name: "account", segment: "account", href: routes.settingsAccount(), icon: UserRoundCog },
] as const;

/** The pages of the settings: a row on a phone, a column beside the page where there is room. */
export function SettingsNav() {
  return (
    <Suspense fallback={<NavLinks />}>
      <MarkedLinks />
    </Suspense>
  );
}

function MarkedLinks() {
  return <NavLinks current={useSelectedLayoutSegment()} />;
}

/** `current` is the segment of the page that is open; left out while it isn't known. */
function NavLinks({ current }: { current?: string | null }) {
  const t = useTranslations("settings.nav");
  return (
    <nav
      aria-label={t("label")}
      className="-mx-4 flex gap-1 overflow-x-auto border-b px-2 sm:mx-0 sm:px-0 md:sticky md:top-20 md:flex-col md:self-start md:overflow-visible md:border-b-0"
    >
      {places.map(({ name, segment, href, icon: Icon }) => (
        <NextLink
          key={name}
          href={href}
          aria-current={current === segment ? "page" : undefined}
          className="relative inline-flex h-11 shrink-0 items-center gap-2 px-2.5 font-medium text-ink-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 aria-[current]:text-ink max-md:aria-[current]:after:absolute max-md:aria-[current]:after:inset-x-2.5 max-md:aria-[current]:after:bottom-0 max-md:aria-[current]:after:h-0.5 max-md:aria-[current]:after:bg-ink md:h-9 md:rounded-base md:hover:bg-hover md:aria-[current]:bg-hover"
        >
          <Icon aria-hidden="true" className="size-4 shrink-0 max-md:hidden" />
          {t(name)}
        </NextLink>
      ))}
    </nav>
  );
}
