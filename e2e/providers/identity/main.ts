import { parseArgs } from "node:util";
import { type Client, type ProviderName, startIdentityProviders } from "./server";

/**
 * Runs the stand-ins as a program: `main.ts --port 4400 --app http://localhost:3000`. Clients come
 * from the product's own variables, e.g. GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET. The first line
 * printed is the address. Ends with its parent.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    app: { type: "string", default: "http://localhost:3000" },
  },
});

function client(name: string): Client | undefined {
  const id = process.env[`${name}_CLIENT_ID`];
  const secret = process.env[`${name}_CLIENT_SECRET`];
  return id && secret ? { id, secret } : undefined;
}

const clients: Partial<Record<ProviderName, Client>> = {};
for (const name of ["google", "kakao", "naver"] as const) {
  const found = client(name.toUpperCase());
  if (found) clients[name] = found;
}

const parent = process.ppid;
const { url } = await startIdentityProviders({
  port: Number(values.port),
  appUrl: values.app,
  clients,
});
process.stdout.write(`${url}\n`);
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 1_000);
