"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ApiError } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";
import { errorTitle } from "@/lib/errors";
import { Button } from "./button";
import { ButtonLink } from "./link";
import { roughWait } from "./rough-wait";
import { ErrorState } from "./state";

/** The sentence for a failed request, in the reader's language, and how long to wait if it says. */
export function useErrorText(): (error: ApiError) => string {
  const locale = useLocale();
  const t = useTranslations("studio.error");
  const wait = useTranslations("common.wait");
  return useCallback(
    ({ code, retryAfterMs }) => {
      if (code === "network") return t("network");
      const title = errorTitle(code, locale);
      if (retryAfterMs === undefined) return title;
      const { unit, count } = roughWait(retryAfterMs);
      return `${title} ${wait(unit, { count })}`;
    },
    [locale, t, wait],
  );
}

interface RequestErrorProps {
  error: ApiError;
  /** What couldn't be done, e.g. "The videos couldn't be loaded". */
  title: string;
  onRetry: () => void;
  /** Where to go when the thing isn't there any more and trying again is no use. */
  back?: { href: string; label: string };
  /** 1 when it is the whole page. */
  level?: 1 | 2;
  className?: string;
}

/** A request failed: what happened, what to do now, and the number to quote. */
export function RequestError({
  error,
  title,
  onRetry,
  back,
  level = 2,
  className,
}: RequestErrorProps) {
  const errorText = useErrorText();
  const common = useTranslations("common");
  return (
    <ErrorState
      level={level}
      title={title}
      description={errorText(error)}
      className={className ?? ""}
      requestId={
        error.requestId ? { label: common("requestId"), value: error.requestId } : undefined
      }
      action={<NextStep error={error} onRetry={onRetry} back={back} />}
    />
  );
}

interface NextStepProps {
  error: ApiError;
  onRetry: () => void;
  back: RequestErrorProps["back"] | undefined;
}

function NextStep({ error, onRetry, back }: NextStepProps) {
  const t = useTranslations("studio.error");
  const common = useTranslations("common");
  if (error.code === "unauthenticated") {
    return (
      <ButtonLink variant="primary" href={routes.login(window.location.pathname)}>
        {t("logIn")}
      </ButtonLink>
    );
  }
  if (back && (error.code === "not_found" || error.code === "gone")) {
    return (
      <ButtonLink variant="primary" href={back.href}>
        {back.label}
      </ButtonLink>
    );
  }
  return (
    <Button variant="primary" onClick={onRetry}>
      {common("retry")}
    </Button>
  );
}
