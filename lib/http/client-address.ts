import net from "node:net";

/**
 * Where the server itself notes the address of the connection's other end (instrumentation.ts),
 * over whatever the caller wrote there.
 */
export const peerHeader = "x-ax2-peer";

/**
 * The caller's address: what the outermost believed proxy saw or, where none is believed, the
 * other end of the connection. A header that anybody can write is never taken for it.
 * @param trustedHops how many proxies stand in front, from TRUSTED_PROXY_HOPS.
 */
export function clientAddress(headers: Headers, trustedHops: number): string | undefined {
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const found = trustedHops === 0 ? headers.get(peerHeader) : forwarded.at(-trustedHops);
  const address = withoutPort((found ?? "").toLowerCase()).replace(/^::ffff:(?=\d+\.)/, "");
  return net.isIP(address) ? address : undefined;
}

/** Some proxies write `203.0.113.7:5555` or `[2001:db8::1]:5555`. */
function withoutPort(written: string): string {
  const [, bracketed, v4] = /^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+)$/.exec(written) ?? [];
  return bracketed ?? v4 ?? written;
}

/** The address of a program or browser on the server's own machine. */
export function isLoopback(address: string | undefined): boolean {
  return address === "::1" || (address?.startsWith("127.") ?? false);
}

/**
 * Whose calls are counted together: an IPv4 address, or an IPv6 /64 (one household). Undefined for
 * the machine itself: behind an unbelieved proxy everybody would be one, and anybody could lock
 * out all.
 */
export function clientNetwork(headers: Headers, trustedHops: number): string | undefined {
  const address = clientAddress(headers, trustedHops);
  if (!address || isLoopback(address)) return undefined;
  return net.isIPv6(address) ? prefix(address, 4) : address;
}

/** For showing and comparing places: IPv4 /24, IPv6 /48; null for the machine itself. */
export function networkLabel(headers: Headers, trustedHops: number): string | null {
  const address = clientAddress(headers, trustedHops);
  if (!address || isLoopback(address)) return null;
  if (net.isIPv6(address)) return `${prefix(address, 3)}::/48`;
  return `${address.split(".").slice(0, 3).join(".")}.0/24`;
}

/** The first `count` groups of an IPv6 address, without leading zeros. */
function prefix(address: string, count: number): string {
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const zeros =
    tail === undefined ? [] : Array(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...zeros, ...right]
    .slice(0, count)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
