/**
 * Waits until the product says that it is healthy.
 * @param {object} options
 * @param {string} options.url the web server's own address, e.g. http://127.0.0.1:3000
 * @param {number} options.timeoutMs
 * @param {AbortSignal} options.signal
 * @param {boolean} [options.anyAnswer] whether a server that answers is enough, healthy or not
 * @param {number} [options.intervalMs]
 * @throws {Error} with the last answer, when it takes longer than `timeoutMs`
 */
export async function waitUntilHealthy({
  url,
  timeoutMs,
  signal,
  anyAnswer = false,
  intervalMs = 200,
}) {
  const deadlineMs = Date.now() + timeoutMs;
  let last = "no answer";
  while (Date.now() < deadlineMs) {
    signal.throwIfAborted();
    try {
      const response = await fetch(new URL("/api/health", url), {
        signal: AbortSignal.timeout(10_000),
      });
      const body = await response.text();
      if (response.status === 200 || anyAnswer) return;
      last = `${response.status} ${body.slice(0, 500)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
  throw new Error(
    `The product did not become healthy within ${Math.round(timeoutMs / 1000)} s. Its last answer to /api/health: ${last}`,
  );
}
