import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loader, whenIdle } from "./lazy";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("is loaded once, whoever asks meanwhile", async () => {
  const load = vi.fn(async () => "code");
  const code = loader(load);
  expect(code.loaded()).toBeUndefined();
  expect(await Promise.all([code.load(), code.load()])).toEqual(["code", "code"]);
  expect(await code.load()).toBe("code");
  expect(code.loaded()).toBe("code");
  expect(load).toHaveBeenCalledTimes(1);
});

test("is asked for again while the network is away", async () => {
  const load = vi.fn(async () => "code").mockRejectedValueOnce(new Error("offline"));
  const coming = loader(load).load();
  await vi.advanceTimersByTimeAsync(499);
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await coming).toBe("code");
});

test("fails in the end, and can be asked for anew", async () => {
  const load = vi.fn(async (): Promise<string> => {
    throw new Error("gone");
  });
  const code = loader(load);
  const coming = expect(code.load()).rejects.toThrow("gone");
  await vi.advanceTimersByTimeAsync(20_000);
  await coming;
  expect(load).toHaveBeenCalledTimes(5);
  load.mockResolvedValueOnce("code");
  expect(await code.load()).toBe("code");
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
