import { defineRouting } from "next-intl/routing";

export const locales = ["ko", "en"] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = "ko";

/** Of every time that the server writes out. */
export const timeZone = "Asia/Seoul";

/** Remembers the chosen language for a year. */
export const localeCookie = { name: "NEXT_LOCALE", maxAge: 60 * 60 * 24 * 365 } as const;

/**
 * The locale is the first folder of every page and never part of its address: each language has
 * its own prerendered shell with the right `<html lang>`, and a shared link opens in the reader's
 * language. proxy.ts chooses by cookie, then `Accept-Language`, then Korean.
 */
export const routing = defineRouting({
  locales,
  defaultLocale,
  localePrefix: "never",
  localeCookie,
  alternateLinks: false,
});

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/** Each language by its own name. */
export const languageNames: Record<Locale, string> = { ko: "한국어", en: "English" };

export function otherLocale(locale: Locale): Locale {
  return locale === "ko" ? "en" : "ko";
}
