"use client";

import { NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";
import type topupMessages from "@/messages/ko/topups.json";

interface BillingMessagesProps {
  topups: typeof topupMessages;
  children: ReactNode;
}

/** Adds the texts of top-ups to the studio's: the other pages do without them. */
export function BillingMessages({ topups, children }: BillingMessagesProps) {
  const outer = useMessages();
  const messages = useMemo(() => ({ ...outer, topups }), [outer, topups]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
