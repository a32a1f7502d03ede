import "server-only";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

export interface ListeningServer {
  /** Address without a slash at the end. */
  origin: string;
  close(): Promise<void>;
}

/** Serves a fetch handler on a free loopback port, bodies streaming both ways. */
export async function listen(
  handle: (request: Request) => Promise<Response>,
): Promise<ListeningServer> {
  let origin = "";
  const server = createServer(async (incoming, outgoing) => {
    const { method = "GET", url = "/" } = incoming;
    const hasBody = method !== "GET" && method !== "HEAD";
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    const init: RequestInit & { duplex?: "half" } = { method, headers };
    if (hasBody) {
      init.body = Readable.toWeb(incoming) as unknown as ReadableStream;
      init.duplex = "half";
    }
    const response = await handle(new Request(`${origin}${url}`, init));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (!response.body) return outgoing.end();
    const body = Readable.fromWeb(response.body as NodeReadableStream);
    body.on("error", () => outgoing.destroy());
    body.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
