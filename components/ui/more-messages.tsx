"use client";

import { type Messages, NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";

/** Adds the texts of a few pages to those around them: other pages do without. */
export function MoreMessages({
  messages: more,
  children,
}: {
  messages: Partial<Messages>;
  children: ReactNode;
}) {
  const outer = useMessages();
  const messages = useMemo(() => ({ ...outer, ...more }), [outer, more]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
