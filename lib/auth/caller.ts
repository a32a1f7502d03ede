import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import type { Whence } from "@/lib/audit/schema";
import { env } from "@/lib/env";
import { clientAddress, clientNetwork, isLoopback, networkLabel } from "@/lib/http/client-address";
import { knownRequestId, requestIdHeader } from "@/lib/http/request-id";
import { newId } from "@/lib/ids";
import { readCookie } from "./cookies";
import { deviceName } from "./device-name";

/** Who sends a request, before it is known whose account it is. */
export interface Caller {
  /** Whose tries are counted together; undefined on the server's own machine. */
  network: string | undefined;
  /** For showing and comparing, e.g. "203.0.113.0/24". */
  networkLabel: string | null;
  /** On the server's own machine. */
  local: boolean;
  userAgent: string;
  /** E.g. "Chrome · Windows". */
  device: string;
  /** What this browser is known by; undefined in a new one and in programs. */
  deviceToken: string | undefined;
  /** The cookie of a browser that tried the product without an account, as it was sent. */
  trialCookie?: string | undefined;
  requestId: string;
}

/** The caller of a request with these headers. */
export function callerOf(
  sent: Headers,
  known: { deviceToken: string | undefined; requestId: string },
): Caller {
  const hops = env().TRUSTED_PROXY_HOPS ?? 0;
  const userAgent = (sent.get("user-agent") ?? "").slice(0, 400);
  return {
    network: clientNetwork(sent, hops),
    networkLabel: networkLabel(sent, hops),
    local: isLoopback(clientAddress(sent, hops)),
    userAgent,
    device: deviceName(userAgent),
    ...known,
  };
}

/** Where something came from, as the audit log keeps it. */
export function whence({ requestId, network }: Pick<Caller, "requestId" | "network">): Whence {
  return { requestId, network };
}

/** The caller of the request at hand. */
export const currentCaller = cache(async (): Promise<Caller> => {
  const sent = await headers();
  const requestId = knownRequestId() ?? sent.get(requestIdHeader) ?? newId();
  const [deviceToken, trialCookie] = await Promise.all([readCookie("device"), readCookie("trial")]);
  return { ...callerOf(sent, { deviceToken, requestId }), trialCookie };
});

/** Where the request at hand came from. */
export async function currentWhence(): Promise<Whence> {
  return whence(await currentCaller());
}
