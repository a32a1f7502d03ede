const listeners = new Set<() => void>();
/** null: nobody has said anything yet, and the account's settings decide. */
let wanted: boolean | null = null;

function set(value: boolean): void {
  wanted = value;
  for (const listener of [...listeners]) listener();
}

/** Whether the tour is asked for on this page, or over; it is shown in the editor. */
export const tourStore = {
  /** Shows it once more, from the start. */
  ask: () => set(true),
  /** Seen or skipped. */
  end: () => set(false),
  get: () => wanted,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
