import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loader, whenIdle } from "./lazy";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Code that can't be had `times` times. */
function codeAfter(times: number) {
  const load = vi.fn(async () => "code");
  for (let i = 0; i < times; i++) load.mockRejectedValueOnce(new Error("offline"));
  return { load, code: loader(load) };
}

test("is loaded once, whoever asks meanwhile", async () => {
  const { load, code } = codeAfter(0);
  expect(code.loaded()).toBeUndefined();
  expect(await Promise.all([code.load(), code.load()])).toEqual(["code", "code"]);
  expect(await code.load()).toBe("code");
  expect(code.loaded()).toBe("code");
  expect(load).toHaveBeenCalledTimes(1);
});

test("is asked for again while it can't be had, later and later", async () => {
  const { load, code } = codeAfter(7);
  const coming = code.load();
  for (const [i, pauseMs] of [500, 2_000, 5_000, 10_000, 30_000, 30_000, 30_000].entries()) {
    await vi.advanceTimersByTimeAsync(pauseMs - 1);
    expect(load).toHaveBeenCalledTimes(i + 1);
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(await coming).toBe("code");
});

test("is asked for at once when the network is back, or somebody wants it", async () => {
  const page = new EventTarget();
  vi.stubGlobal("window", page);
  const { load, code } = codeAfter(2);
  const coming = code.load();
  await vi.advanceTimersByTimeAsync(0);
  page.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(load).toHaveBeenCalledTimes(2);
  expect(await Promise.all([coming, code.load()])).toEqual(["code", "code"]);
  expect(load).toHaveBeenCalledTimes(3);
});

test("idle work waits for the page, then is done one after the other, whatever fails", async () => {
  const page = new EventTarget();
  const idle: (() => void)[] = [];
  vi.stubGlobal("window", page);
  vi.stubGlobal("document", { readyState: "interactive" });
  vi.stubGlobal("requestIdleCallback", (run: () => void) => idle.push(run));
  const done: string[] = [];
  const work = (name: string, fails = false) => {
    whenIdle(async () => {
      done.push(name);
      if (fails) throw new Error(name);
    });
  };
  work("first", true);
  work("second");
  expect(idle).toHaveLength(0);
  page.dispatchEvent(new Event("load"));
  for (const wanted of [["first"], ["first", "second"]]) {
    idle.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toEqual(wanted);
  }
  idle.shift()?.();
  // All done: what comes later begins anew.
  vi.stubGlobal("document", { readyState: "complete" });
  work("third");
  idle.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(["first", "second", "third"]);
});
