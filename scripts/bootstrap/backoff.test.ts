import { describe, expect, it } from "vitest";
import { afterCrash } from "./backoff.mjs";

describe("afterCrash", () => {
  it("waits twice as long after each quick crash and gives up at the fifth", () => {
    let quickCrashes = 0;
    const steps = Array.from({ length: 5 }, () => {
      const next = afterCrash({ quickCrashes, livedMs: 100 });
      quickCrashes = next.quickCrashes;
      return next.giveUp ? "gives up" : next.delayMs;
    });
    expect(steps).toEqual([1000, 2000, 4000, 8000, "gives up"]);
  });

  it("counts anew after a minute of life", () => {
    expect(afterCrash({ quickCrashes: 4, livedMs: 60_000 })).toEqual({
      giveUp: false,
      quickCrashes: 1,
      delayMs: 1000,
    });
    expect(afterCrash({ quickCrashes: 4, livedMs: 59_999 }).giveUp).toBe(true);
  });
});
