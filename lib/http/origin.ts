/**
 * Whether a request that changes something was sent by our own pages or by a program, not by
 * another site in the person's browser. Browsers say where a request comes from in
 * `Sec-Fetch-Site`, older ones in `Origin`; programs send neither.
 * @param options `appUrl`: where people open the product, for proxies that change `Host`;
 * `sender`: "browser" where programs have no business, so that one of the two has to be there.
 */
export function isOwnOrigin(
  request: Request,
  options: { appUrl?: string | undefined; sender?: "any" | "browser" } = {},
): boolean {
  const { appUrl, sender = "any" } = options;
  if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return true;
  const site = request.headers.get("sec-fetch-site");
  if (site) return site === "same-origin" || (site === "none" && sender === "any");
  const origin = request.headers.get("origin");
  if (!origin) return sender === "any";
  if (!URL.canParse(origin)) return false;
  const sent = new URL(origin);
  const own = appUrl ? new URL(appUrl).origin : undefined;
  return sent.host === request.headers.get("host") || sent.origin === own;
}

/**
 * Where the person has the product open: the configured address, else the one they asked, which on
 * one machine can be any of its names. Only for what goes back to the same person.
 */
export function publicOrigin(request: Request, appUrl: string | undefined): string {
  if (appUrl) return new URL(appUrl).origin;
  const host = request.headers.get("host");
  return host && URL.canParse(`http://${host}`)
    ? new URL(`http://${host}`).origin
    : new URL(request.url).origin;
}
