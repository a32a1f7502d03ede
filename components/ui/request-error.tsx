"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ApiError } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";
import { errorTitle } from "@/lib/errors";
import { Button } from "./button";
import { ButtonLink } from "./link";
import { ErrorState } from "./state";

/** The sentence for a failed request, in the reader's language. */
export function useErrorText(): (error: ApiError) => string {
  const locale = useLocale();
  const t = useTranslations("studio.error");
  return useCallback(
    (error) => (error.code === "network" ? t("network") : errorTitle(error.code, locale)),
    [locale, t],
  );
}

interface RequestErrorProps {
  error: ApiError;
  /** What couldn't be done, e.g. "The videos couldn't be loaded". */
  title: string;
  onRetry: () => void;
  /** 1 when it is the whole page. */
  level?: 1 | 2;
  className?: string;
}

/** A request failed: what happened, what to do now, and the number to quote. */
export function RequestError({ error, title, onRetry, level = 2, className }: RequestErrorProps) {
  const errorText = useErrorText();
  const t = useTranslations("studio.error");
  const common = useTranslations("common");
  const here = typeof window === "undefined" ? undefined : window.location.pathname;
  return (
    <ErrorState
      level={level}
      title={title}
      description={errorText(error)}
      className={className ?? ""}
      requestId={
        error.requestId ? { label: common("requestId"), value: error.requestId } : undefined
      }
      action={
        error.code === "unauthenticated" ? (
          <ButtonLink variant="primary" href={routes.login(here)}>
            {t("logIn")}
          </ButtonLink>
        ) : (
          <Button variant="primary" onClick={onRetry}>
            {common("retry")}
          </Button>
        )
      }
    />
  );
}
