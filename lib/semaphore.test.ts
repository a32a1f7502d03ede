import { describe, expect, it } from "vitest";
import { createSemaphore } from "./semaphore";

/** Tasks that end when told, and what was seen while they ran. */
function watchedTasks() {
  const ends: (() => void)[] = [];
  const seen = { running: 0, most: 0, order: [] as number[] };
  const task = (id: number) => async () => {
    seen.order.push(id);
    seen.running += 1;
    seen.most = Math.max(seen.most, seen.running);
    await new Promise<void>((resolve) => ends.push(resolve));
    seen.running -= 1;
    return id;
  };
  const endAll = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { seen, task, endAll };
}

describe("a semaphore", () => {
  it("runs at most so many tasks at a time, in the order they came", async () => {
    const run = createSemaphore(2);
    const { seen, task, endAll } = watchedTasks();
    const all = Promise.all([0, 1, 2, 3, 4, 5].map((id) => run(task(id))));
    await endAll();
    expect(await all).toEqual([0, 1, 2, 3, 4, 5]);
    expect(seen).toMatchObject({ most: 2, order: [0, 1, 2, 3, 4, 5] });
  });

  it("refuses whom the queue has no room for, and has room again later", async () => {
    const run = createSemaphore(1, { maxWaiting: 2, retryAfterMs: 1_500 });
    const { seen, task, endAll } = watchedTasks();
    const served = [0, 1, 2].map((id) => run(task(id)));
    await expect(run(task(3))).rejects.toMatchObject({ code: "not_ready", retryAfterMs: 1_500 });
    await endAll();
    await Promise.all(served);
    const later = run(task(4));
    await endAll();
    expect(await later).toBe(4);
    expect(seen.order).toEqual([0, 1, 2, 4]);
  });

  it("passes the turn on when a task fails or a waiting one gives up", async () => {
    const run = createSemaphore(1, { maxWaiting: 1, retryAfterMs: 1 });
    const { task, endAll } = watchedTasks();
    const leaving = new AbortController();
    const failed = run(() => Promise.reject(new Error("broken")));
    const given = run(task(1), leaving.signal);
    leaving.abort(new Error("no longer wanted"));
    await expect(given).rejects.toThrow("no longer wanted");
    await expect(failed).rejects.toThrow("broken");
    const next = run(task(2));
    await endAll();
    expect(await next).toBe(2);
  });
});
