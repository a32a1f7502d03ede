/** How long until code that couldn't be had is asked for again, in ms; the last one from then on. */
const pausesMs = [500, 2_000, 5_000, 10_000, 30_000];

/** Something that is loaded once. */
export interface Loader<T> {
  /** What has been loaded; nothing before. */
  loaded(): T | undefined;
  /**
   * Loads it, and tries again for as long as it can't be had: after a while, when the network comes
   * back, and when somebody calls this again.
   */
  load(): Promise<T>;
}

export function loader<T>(load: () => Promise<T>): Loader<T> {
  let value: T | undefined;
  let coming: Promise<T> | undefined;
  let wake = () => {};
  const keepTrying = async () => {
    for (let tries = 0; ; tries++) {
      try {
        value = await load();
        return value;
      } catch {
        const pauseMs = pausesMs[Math.min(tries, pausesMs.length - 1)] ?? 0;
        await new Promise<void>((resolve) => {
          wake = resolve;
          onceOnlineOrAfter(pauseMs, resolve);
        });
      }
    }
  };
  return {
    loaded: () => value,
    load: () => {
      wake();
      coming ??= keepTrying();
      return coming;
    },
  };
}

function onceOnlineOrAfter(ms: number, work: () => void): void {
  const over = new AbortController();
  const done = () => {
    over.abort();
    clearTimeout(timer);
    work();
  };
  const timer = setTimeout(done, ms);
  globalThis.window?.addEventListener("online", done, { signal: over.signal });
}

/** A page that is never idle does the work all the same, after so long, in ms. */
const idleWithinMs = 5_000;

const waiting: (() => Promise<unknown>)[] = [];
let working = false;

/** Does `work` in a browser whose page is loaded and has nothing else to do, one after the other. */
export function whenIdle(work: () => Promise<unknown>): void {
  if (typeof window === "undefined") return;
  waiting.push(work);
  if (working) return;
  working = true;
  if (document.readyState === "complete") nextWork();
  else window.addEventListener("load", nextWork, { once: true });
}

function nextWork(): void {
  const run = () => {
    const work = waiting.shift();
    if (work) void work().then(nextWork, nextWork);
    else working = false;
  };
  // Safari has no such callback.
  if (typeof requestIdleCallback === "function") {
    requestIdleCallback(run, { timeout: idleWithinMs });
  } else setTimeout(run, 200);
}
