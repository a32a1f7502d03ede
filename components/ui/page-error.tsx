"use client";

import { useParams } from "next/navigation";
import { defaultLocale, isLocale } from "@/i18n/routing";
import { routes } from "@/lib/client/routes";
import en from "@/messages/en/errors.json";
import ko from "@/messages/ko/errors.json";
import { buttonStyle } from "./button-style";

const texts = { ko: ko.page, en: en.page };

interface PageErrorProps {
  error: Error & { digest?: string };
  /** Renders the page again, asking the server for its data anew. */
  retry: () => void;
}

/**
 * A page failed to render. Brings its own two texts, as it must work where no provider does; the
 * digest is the number that the server's log has too. Every page carries this code, so it is built
 * of plain elements instead of the primitives; the link home loads the whole page afresh.
 */
export function PageError({ error, retry }: PageErrorProps) {
  const { locale } = useParams();
  const t = texts[isLocale(locale) ? locale : defaultLocale];
  return (
    <div className="flex min-h-[60dvh] flex-1 items-center justify-center">
      <div role="alert" className="flex flex-col items-center gap-4 px-6 py-16 text-center">
        <div className="flex max-w-sm flex-col gap-1">
          <h1 className="font-semibold text-lg">{t.title}</h1>
          <p className="text-balance text-ink-muted">{t.description}</p>
        </div>
        <div className="flex flex-wrap justify-center gap-2">
          <button type="button" onClick={retry} className={buttonStyle({ variant: "primary" })}>
            {t.retry}
          </button>
          <a href={routes.home()} className={buttonStyle()}>
            {t.home}
          </a>
        </div>
        {error.digest ? (
          <p className="text-ink-faint text-xs">
            {t.requestId} <code className="select-all font-mono">{error.digest}</code>
          </p>
        ) : null}
      </div>
    </div>
  );
}
