import { isLoopback } from "@/lib/http/client-address";

/**
 * Whether a request that reached us over loopback was also meant for this machine. A proxy on the
 * machine passes on others' requests, and writes whose they are; a page whose name was pointed at
 * 127.0.0.1 (DNS rebinding) asks with that name.
 */
export function isSameMachine(headers: Headers): boolean {
  const passedBy = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const far = passedBy.filter((address) => address && !isLoopback(plain(address)));
  return far.length === 0 && !headers.has("forwarded") && isLocalName(headers.get("host"));
}

/** An address of this machine or its own network: never one that the world can open. */
export function isHomeAddress(appUrl: string | undefined): boolean {
  if (!appUrl) return true;
  const { host, hostname } = new URL(appUrl);
  return isLocalName(host) || hostname.endsWith(".local") || privateRange.test(hostname);
}

/** RFC 1918. */
const privateRange = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/;

function isLocalName(host: string | null): boolean {
  const hostname = host ? URL.parse(`http://${host}`)?.hostname : undefined;
  if (!hostname) return false;
  return /^(?:.+\.)?localhost$/.test(hostname) || isLoopback(hostname.replace(/^\[|\]$/g, ""));
}

/** IPv4 as IPv6 writes it, as IPv4. */
function plain(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, "");
}
