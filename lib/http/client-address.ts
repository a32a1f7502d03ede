/**
 * The network a request comes from: the address that the outermost believed proxy saw, with IPv6
 * cut to its /64 (one household). Undefined without a proxy to believe: the header could say
 * anything, and counting everybody as one would let anybody lock out all.
 * @param trustedHops how many proxies stand in front, from TRUSTED_PROXY_HOPS.
 */
export function clientNetwork(headers: Headers, trustedHops: number): string | undefined {
  if (trustedHops === 0) return undefined;
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const address = forwarded.at(-trustedHops) ?? "";
  if (!address.includes(":")) return address || undefined;
  return address.toLowerCase().split(":").slice(0, 4).join(":");
}
