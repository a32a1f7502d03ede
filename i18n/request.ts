import { locale as rootLocale } from "next/root-params";
import { getRequestConfig } from "next-intl/server";
import { loadMessages } from "./messages";
import { defaultLocale, isLocale, timeZone } from "./routing";

/**
 * Pages take the locale from their root segment, which can be prerendered; next-intl's own request
 * header could not. Server actions have no root segment and pass `{ locale }` themselves.
 */
export default getRequestConfig(async ({ locale: given }) => {
  const wanted = given ?? (await rootLocale());
  const locale = isLocale(wanted) ? wanted : defaultLocale;
  return { locale, messages: await loadMessages(locale), timeZone };
});
