"use client";

import { NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";
import type settingsMessages from "@/messages/ko/settings.json";

interface SettingsMessagesProps {
  settings: typeof settingsMessages;
  children: ReactNode;
}

/** Adds the settings' texts to the studio's: the other pages do without them. */
export function SettingsMessages({ settings, children }: SettingsMessagesProps) {
  const outer = useMessages();
  const messages = useMemo(() => ({ ...outer, settings }), [outer, settings]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
