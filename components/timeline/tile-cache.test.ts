import { describe, expect, it, vi } from "vitest";
import { TileCache } from "./tile-cache";

function cacheOf(keep = 3) {
  const asked: number[] = [];
  const waiting = new Map<number, { resolve: (tile: string) => void; reject: () => void }>();
  const onTile = vi.fn();
  let now = 0;
  const cache = new TileCache<string>({
    keep,
    onTile,
    now: () => now,
    load: (number) => {
      asked.push(number);
      return new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
    },
  });
  const come = async (number: number) => {
    waiting.get(number)?.resolve(`tile ${number}`);
    await Promise.resolve();
    await Promise.resolve();
  };
  const fail = async (number: number) => {
    waiting.get(number)?.reject();
    await new Promise((resolve) => setTimeout(resolve));
  };
  const wait = (ms: number) => {
    now += ms;
  };
  return { cache, asked, come, fail, wait, onTile };
}

describe("TileCache", () => {
  it("asks once for what is looked at and gives it when it is there", async () => {
    const { cache, asked, come, onTile } = cacheOf();
    expect(cache.get(1)).toBeUndefined();
    expect(cache.get(1)).toBeUndefined();
    expect(cache.peek(2)).toBeUndefined();
    expect(asked).toEqual([1]);
    await come(1);
    expect(cache.get(1)).toBe("tile 1");
    expect(onTile).toHaveBeenCalledExactlyOnceWith("tile 1");
  });

  it("keeps those looked at last", async () => {
    const { cache, come } = cacheOf(2);
    for (const number of [1, 2]) {
      cache.get(number);
      await come(number);
    }
    cache.get(1);
    cache.get(3);
    await come(3);
    expect([1, 2, 3].map((number) => cache.peek(number))).toEqual(["tile 1", undefined, "tile 3"]);
  });

  it("asks for four at a time, the newest wish first, and forgets what was passed", async () => {
    const { cache, asked, come } = cacheOf(100);
    for (let number = 0; number < 40; number++) cache.get(number);
    expect(asked).toEqual([0, 1, 2, 3]);
    for (let turn = 0; turn < 40; turn++) await come(asked[turn] ?? -1);
    expect(asked.slice(4)).toEqual(Array.from({ length: 12 }, (_, i) => 39 - i));
  });

  it("asks again for what failed, after a while", async () => {
    const { cache, asked, fail, wait } = cacheOf();
    cache.get(1);
    await fail(1);
    cache.get(1);
    expect(asked).toEqual([1]);
    wait(5_000);
    cache.get(1);
    expect(asked).toEqual([1, 1]);
  });

  it("is silent once closed", async () => {
    const { cache, asked, come, onTile } = cacheOf();
    cache.get(1);
    cache.close();
    await come(1);
    cache.get(2);
    expect(asked).toEqual([1]);
    expect(onTile).not.toHaveBeenCalled();
  });
});
