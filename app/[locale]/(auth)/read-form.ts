import { defaultLocale, isLocale, type Locale } from "@/i18n/routing";
import { safeNextPath } from "@/lib/client/routes";

/** The text of a form's field, "" when it wasn't sent. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** Server actions have no root segment to take the language from: every form sends it. */
export function readLocale(form: FormData): Locale {
  const value = form.get("locale");
  return isLocale(value) ? value : defaultLocale;
}

/** Where to go afterwards, when the page was told: a path of this site. */
export function readNext(form: FormData): string | undefined {
  const next = readText(form, "next");
  return next === "" ? undefined : safeNextPath(next);
}

type QueryValue = string | string[] | undefined;

/** One value of a page's query; of several, the first. */
export function one(value: QueryValue): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
