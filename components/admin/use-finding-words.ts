"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";

/** Words for what comes as a code; one that nobody has named is shown as it is. */
export function useFindingWords() {
  const t = useTranslations("admin");
  const orders = useTranslations("topups");
  const credits = useTranslations("credits");
  const locale = useLocale();
  return useMemo(
    () => ({
      number: (value: number) => value.toLocaleString(locale),
      code: (code: string) => named(t, `code.${code}`, code),
      policy: (policy: string) => named(t, `policy.${policy}`, policy),
      orderState: (state: string) => named(orders, `state.${state}`, state),
      refundState: (state: string) => named(orders, `refundState.${state}`, state),
      movement: (kind: string) => named(credits, `movement.${kind}`, kind),
    }),
    [t, orders, credits, locale],
  );
}

/** Keys made of codes aren't known to the compiler. */
function named(
  t: { (key: never): string; has(key: never): boolean },
  key: string,
  fallback: string,
): string {
  return t.has(key as never) ? t(key as never) : fallback;
}
