"use client";

import { useParams } from "next/navigation";
import type { ComponentProps } from "react";
import { PageError } from "@/components/ui/page-error";
import { defaultLocale, isLocale } from "@/i18n/routing";
import { pretendardCore } from "./fonts/pretendard-core";
import "./globals.css";

/** The root layout itself failed, so this brings the document along. */
export default function GlobalError(props: ComponentProps<typeof PageError>) {
  const { locale } = useParams();
  return (
    <html lang={isLocale(locale) ? locale : defaultLocale} className={pretendardCore.variable}>
      <body className="flex min-h-dvh flex-col font-sans">
        <main className="flex flex-1 flex-col">
          <PageError {...props} />
        </main>
      </body>
    </html>
  );
}
