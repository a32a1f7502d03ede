/**
 * The network a request comes from: the address that the outermost believed proxy saw, with IPv6
 * cut to its /64 (one household). Without proxies to believe, one name for everybody: the header
 * could say anything.
 * @param trustedHops how many proxies stand in front, from TRUSTED_PROXY_HOPS.
 */
export function clientNetwork(headers: Headers, trustedHops: number): string {
  if (trustedHops === 0) return "direct";
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const address = forwarded.at(-trustedHops) ?? "";
  if (!address.includes(":")) return address || "unknown";
  return address.toLowerCase().split(":").slice(0, 4).join(":");
}
