import "server-only";
import type { Locale } from "@/lib/accounts/schema";

/** Longest value shown, in UTF-16 units: titles and device names come from outside. */
const maxLength = 200;

/**
 * A value as it may stand in a mail: one line, without control characters, and without the signs
 * that turn the reading direction, which could make text read as something else (Unicode TR 36).
 */
export function cleanValue(value: string): string {
  const line = value
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "")
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1).toWellFormed()}…` : line;
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/;

/** A moment as `Date.toISOString` writes it in words, with its zone; other text stays. */
export function spokenMoment(text: string, locale: Locale, timeZone: string): string {
  if (!isoTime.test(text) || Number.isNaN(Date.parse(text))) return text;
  const format = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  });
  return format.format(new Date(text));
}
