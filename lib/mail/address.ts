import "server-only";
import { env } from "@/lib/env";

/** Where the product is reached: from the configuration, because a request can say anything. */
function productUrl(): string {
  const { APP_URL, PORT = 3000 } = env();
  return APP_URL ?? `http://localhost:${PORT}`;
}

export function productHost(): string {
  return new URL(productUrl()).hostname;
}

/**
 * The address of a page of the product.
 * @throws {TypeError} when `path` isn't a path of the product.
 */
export function pageUrl(path: string): string {
  const { origin } = new URL(productUrl());
  const url = new URL(path, origin);
  if (!path.startsWith("/") || url.origin !== origin) throw new TypeError("not a path of ours");
  return url.href;
}

/** Who mails come from. */
export function sender(): string {
  return env().MAIL_FROM ?? `AX2 Caption <no-reply@${productHost()}>`;
}
