import { readEnvironment } from "./environment.mjs";
import { AlreadyRunningError } from "./lock.mjs";
import { createLog } from "./log.mjs";
import { createProduct } from "./product.mjs";

/**
 * Runs the product until a signal, or until it can't be kept running.
 * @param {{ root: string, dev: boolean }} options
 */
export async function main({ root, dev }) {
  const log = createLog();
  /** @type {(reason: Error | undefined) => void} */
  let end = () => undefined;
  const ended = /** @type {Promise<Error | undefined>} */ (
    new Promise((resolve) => {
      end = resolve;
    })
  );
  let signals = 0;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      signals += 1;
      // The second one is from someone who doesn't want to wait; the guard ends the children.
      if (signals > 1) process.kill(process.pid, "SIGKILL");
      end(undefined);
    });
  }

  const env = readEnvironment(root);
  let product;
  try {
    product = await createProduct({ root, env, dev, log, onFailure: (failure) => end(failure) });
  } catch (error) {
    if (!(error instanceof AlreadyRunningError)) throw error;
    log.say(error.message);
    return;
  }
  const starting = product.start().then(
    (url) => log.say(`AX2 Caption is ready: ${url}`),
    (error) => end(error),
  );
  const failure = await ended;
  log.say(failure ? failure.message : "Stopping ...");
  await product.stop();
  await starting;
  if (!failure) log.say("Stopped.");
  // An install that goes on in the background would hold this process.
  process.exit(failure ? 1 : 0);
}
