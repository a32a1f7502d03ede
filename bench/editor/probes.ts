import type { CDPSession, Page } from "playwright";

/** What the page notes about itself while it is driven. All in ms. */
interface Notes {
  /** From the key's own time stamp to after the frame that follows it. */
  keys: number[];
  /** The longest event of each interaction, as Chromium's Event Timing tells it. */
  interactions: Map<number, number>;
  /** When the first row stood on the screen. */
  firstRowAt: number;
  /** While the list is scrolled. */
  scrolling: { frames: number; fromMs: number } | undefined;
}

declare global {
  interface Window {
    bench: Notes;
  }
}

interface EventTiming extends PerformanceEntry {
  interactionId?: number;
}

/** Runs in the page before anything of it. */
function install(row: string): void {
  const notes: Notes = {
    ...{ keys: [], interactions: new Map(), firstRowAt: 0 },
    scrolling: undefined,
  };
  window.bench = notes;
  window.addEventListener(
    "keydown",
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => notes.keys.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    },
    true,
  );
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as EventTiming[]) {
      const { interactionId: id = 0, duration } = entry;
      if (id > 0) notes.interactions.set(id, Math.max(notes.interactions.get(id) ?? 0, duration));
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  // Frames that only the watching asks for would hold up keys: none once the first row is there.
  const look = () => {
    if (document.querySelector(row)) notes.firstRowAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Has every page of the context note what is measured. `row`: what a shown cue looks like. */
export async function watchPage(page: Page, row: string): Promise<void> {
  // What tsx compiles calls this helper, which pages don't have.
  await page.addInitScript("globalThis.__name ??= (named) => named");
  await page.addInitScript(install, row);
}

/** Forgets what was noted so far. */
export async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.bench.keys.length = 0;
    window.bench.interactions.clear();
  });
}

export async function keyTimes(page: Page): Promise<number[]> {
  await page.waitForTimeout(300);
  return page.evaluate(() => window.bench.keys);
}

/** Interactions shorter than 16 ms are told by nobody and count as 16. */
export async function interactionTimes(page: Page): Promise<number[]> {
  await page.waitForTimeout(300);
  return page.evaluate(() => [...window.bench.interactions.values()]);
}

/** From the last byte of the cues to the first row on the screen, in ms. */
export async function openedAfterData(page: Page, data: RegExp | null): Promise<number> {
  return page.evaluate((source) => {
    const entries = performance.getEntriesByType(source === null ? "navigation" : "resource");
    const [entry] = entries.filter(
      ({ name }) => source === null || new RegExp(source).test(name),
    ) as PerformanceResourceTiming[];
    return window.bench.firstRowAt - (entry?.responseEnd ?? 0);
  }, data?.source ?? null);
}

/** Frames a second while the list is scrolled by a wheel. */
export async function scrollRate(
  page: Page,
  session: CDPSession,
  at: { x: number; y: number },
): Promise<number> {
  await page.evaluate(() => {
    const { bench } = window;
    bench.scrolling = { frames: 0, fromMs: performance.now() };
    const frame = () => {
      if (!bench.scrolling) return;
      bench.scrolling.frames += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await session.send("Input.synthesizeScrollGesture", {
    ...at,
    ...{ yDistance: -12_000, speed: 3_000, gestureSourceType: "mouse", preventFling: true },
  });
  return page.evaluate(() => {
    const { frames, fromMs } = window.bench.scrolling ?? { frames: 0, fromMs: 0 };
    window.bench.scrolling = undefined;
    return (frames / (performance.now() - fromMs)) * 1_000;
  });
}

/** What the page's script holds after rubbish was taken out, in bytes. */
export async function heapBytes(session: CDPSession): Promise<number> {
  for (let i = 0; i < 3; i += 1) await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}

/** The value that `share` of all are at most. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
