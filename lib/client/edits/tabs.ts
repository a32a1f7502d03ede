/** How the tabs of a browser know of each other. */
export interface Tabs {
  /** This tab; another after each loading of the page. */
  readonly id: string;
  /** Runs one at a time in all tabs. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Runs only if that tab is no more, and keeps others from doing the same meanwhile. */
  ifGone(tabId: string, work: () => Promise<void>): Promise<void>;
}

const lifeOf = (tabId: string) => `ax2-caption.tab.${tabId}`;

/**
 * Tabs by the browser's locks: a tab holds one of its own for as long as it lives, which the
 * browser ends also when the tab crashes. Where there are no locks every other tab counts as gone:
 * edits may then be sent by two of them, which stores them once.
 */
export function browserTabs(id: string): Tabs {
  const locks: LockManager | undefined = globalThis.navigator?.locks;
  // Never released: the end of the tab ends it.
  void locks?.request(lifeOf(id), () => new Promise(() => {})).catch(() => {});
  return {
    id,
    alone: async (name, work) => (locks ? locks.request(`ax2-caption.${name}`, work) : work()),
    ifGone: async (tabId, work) => {
      if (!locks) return work();
      await locks.request(lifeOf(tabId), { ifAvailable: true }, (lock) =>
        lock ? work() : undefined,
      );
    },
  };
}
