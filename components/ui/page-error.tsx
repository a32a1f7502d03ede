"use client";

import { useParams } from "next/navigation";
import { defaultLocale, isLocale } from "@/i18n/routing";
import { routes } from "@/lib/client/routes";
import en from "@/messages/en/errors.json";
import ko from "@/messages/ko/errors.json";
import { Button } from "./button";
import { ButtonLink } from "./link";
import { ErrorState } from "./state";

const texts = { ko: ko.page, en: en.page };

interface PageErrorProps {
  error: Error & { digest?: string };
  /** Renders the page again, asking the server for its data anew. */
  retry: () => void;
}

/**
 * A page failed to render. Brings its own two texts, as it must work where no provider does; the
 * digest is the number that the server's log has too.
 */
export function PageError({ error, retry }: PageErrorProps) {
  const { locale } = useParams();
  const t = texts[isLocale(locale) ? locale : defaultLocale];
  return (
    <div className="flex min-h-[60dvh] flex-1 items-center justify-center">
      <ErrorState
        level={1}
        title={t.title}
        description={t.description}
        requestId={error.digest ? { label: t.requestId, value: error.digest } : undefined}
        action={
          <>
            <Button variant="primary" onClick={retry}>
              {t.retry}
            </Button>
            <ButtonLink href={routes.home()}>{t.home}</ButtonLink>
          </>
        }
      />
    </div>
  );
}
