import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import { createBlobProtocol } from "@/lib/storage/blob-protocol/handler";
import { LocalStorage } from "@/lib/storage/local/engine";
import { listen } from "@/lib/storage/test-server";

/** One server in a process of its own, so that its memory is only its own. */
const [engine = "", root = "", authSecret = ""] = process.argv.slice(2);

async function start(): Promise<string> {
  if (engine === "blob") {
    const storage = new LocalStorage({ root, authSecret });
    const handle = createBlobProtocol({
      storage,
      basePath: "/api/blob",
      logger: { warn: console.warn, error: console.error },
    });
    return (await listen(handle)).origin;
  }
  const tus = new Server({ path: "/files", datastore: new FileStore({ directory: root }) });
  const server = createServer(tus.handle.bind(tus));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

process.send?.({ origin: await start() });
process.on("disconnect", () => process.exit(0));
