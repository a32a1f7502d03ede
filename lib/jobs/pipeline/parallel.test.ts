import { describe, expect, it } from "vitest";
import { inParallel } from "./parallel";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("work side by side", () => {
  it("is done once each, never more at once than allowed", async () => {
    let open = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
      open += 1;
      most = Math.max(most, open);
      await pause(item);
      done.push(item);
      open -= 1;
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it("begins nothing after a failure and waits for what is under way", async () => {
    const begun: number[] = [];
    const done: number[] = [];
    const work = inParallel([1, 2, 3, 4], 2, async (item) => {
      begun.push(item);
      if (item === 1) throw new Error("first");
      await pause(20);
      done.push(item);
    });
    await expect(work).rejects.toThrow("first");
    expect(begun).toEqual([1, 2]);
    expect(done).toEqual([2]);
  });

  it("is over at once when there is none", async () => {
    await inParallel([], 3, () => Promise.reject(new Error("never")));
  });
});
