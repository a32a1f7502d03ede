import { createServer } from "node:net";

/** How many ports after a busy one are tried. */
const portsTried = 50;

/**
 * Whether nothing listens on `port`, on any address of this machine.
 * @param {number} port
 */
export async function isFree(port) {
  // One after the other: they would be in each other's way.
  for (const host of ["127.0.0.1", "0.0.0.0", "::"]) {
    const problem = await tryToListen(port, host);
    if (problem === "EADDRINUSE" || problem === "EACCES") return false;
  }
  return true;
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the error's code, if any
 */
function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/**
 * The first free port from `wanted` upwards.
 * @param {number} wanted
 * @param {(port: number) => Promise<boolean>} [free]
 */
export async function firstFreePort(wanted, free = isFree) {
  const last = Math.min(wanted + portsTried, 65_535);
  for (let port = wanted; port <= last; port += 1) {
    if (await free(port)) return port;
  }
  throw new Error(`No free port between ${wanted} and ${last}. Set PORT to a free one.`);
}

/** Any free port of the loopback, chosen by the system. */
export function anyFreePort() {
  return /** @type {Promise<number>} */ (
    new Promise((resolve, reject) => {
      const server = createServer();
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        const port = address && typeof address === "object" ? address.port : 0;
        server.close(() => resolve(port));
      });
    })
  );
}

const defaultPort = 3000;

/**
 * The port of the web server: PORT or 3000, else the next free one. Where the public address is
 * given it names the port, or a proxy does: then another port would serve nobody.
 * @param {import("./environment.mjs").Environment} env
 */
export async function chooseWebPort(env) {
  const wanted = Number(env.PORT || defaultPort);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) {
    throw new Error(`PORT: ${env.PORT} is not a port number`);
  }
  if (!env.APP_URL) return firstFreePort(wanted);
  if (await isFree(wanted)) return wanted;
  throw new Error(
    `Port ${wanted} is taken, and APP_URL (${env.APP_URL}) leads there. Free it or set PORT.`,
  );
}
