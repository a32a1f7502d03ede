import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { peerHeader } from "./client-address";

/**
 * Notes on every request whose connection it came over, in place of anything the caller wrote
 * there: Next hands its routes no socket. Called once a process, before it serves.
 */
export function notePeerAddresses(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    request.headers[peerHeader] = socket.remoteAddress ?? "";
  });
}
