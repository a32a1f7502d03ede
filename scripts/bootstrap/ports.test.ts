import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { anyFreePort, chooseWebPort, firstFreePort, isFree } from "./ports.mjs";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function occupy(host: string): Promise<number> {
  const port = await anyFreePort();
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return port;
}

describe("isFree", () => {
  it.each(["127.0.0.1", "0.0.0.0"])("sees a server on %s", async (host) => {
    expect(await isFree(await occupy(host))).toBe(false);
  });

  it("says so when there is none", async () => {
    expect(await isFree(await anyFreePort())).toBe(true);
  });
});

describe("firstFreePort", () => {
  it("moves on past busy ports", async () => {
    const free = async (port: number) => port >= 3003;
    expect(await firstFreePort(3000, free)).toBe(3003);
  });

  it("stays within the range of ports and gives up with advice", async () => {
    await expect(firstFreePort(65_530, async () => false)).rejects.toThrow(/65530 and 65535.*PORT/);
  });
});

describe("chooseWebPort", () => {
  it("takes PORT when it is free and the next one when it isn't", async () => {
    const busy = await occupy("127.0.0.1");
    expect(await chooseWebPort({ PORT: String(busy) })).toBeGreaterThan(busy);
  });

  it("doesn't leave a port that a public address leads to", async () => {
    const busy = String(await occupy("127.0.0.1"));
    const env = { PORT: busy, APP_URL: "https://caption.example.com" };
    await expect(chooseWebPort(env)).rejects.toThrow(busy);
  });

  it.each(["http", "0", "70000", "3000.5"])("refuses PORT=%s", async (PORT) => {
    await expect(chooseWebPort({ PORT })).rejects.toThrow(PORT);
  });
});
