/** How long until code that couldn't be had is asked for again, in ms. */
const pausesMs = [500, 2_000, 5_000, 10_000];

/** Something that is loaded once. */
export interface Loader<T> {
  /** What has been loaded; nothing before. */
  loaded(): T | undefined;
  /** Loads it, trying again for a while; a later call begins anew when that was in vain. */
  load(): Promise<T>;
}

export function loader<T>(load: () => Promise<T>): Loader<T> {
  let value: T | undefined;
  let coming: Promise<T> | undefined;
  const start = async () => {
    try {
      value = await persist(load);
      return value;
    } finally {
      coming = undefined;
    }
  };
  return {
    loaded: () => value,
    load: () => {
      if (value !== undefined) return Promise.resolve(value);
      coming ??= start();
      return coming;
    },
  };
}

async function persist<T>(load: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return load();
}

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
  if (typeof requestIdleCallback === "function") requestIdleCallback(run);
  else setTimeout(run, 200);
}
