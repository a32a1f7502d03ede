import { env } from "@/lib/env";

/**
 * Lays `Strict-Transport-Security` into an answer, where people open the product over https: for a
 * year, for this host and those below it. Only the running server knows its address, so that it
 * can't stand in next.config.ts.
 */
export function setStrictTransport(headers: Headers, appUrl = env().APP_URL): void {
  if (!appUrl?.startsWith("https://")) return;
  headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
}
