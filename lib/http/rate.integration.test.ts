import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";

let app: TestApp;
let rates: typeof import("./rate");

beforeAll(async () => {
  app = await startTestApp();
  rates = await import("./rate");
});
afterAll(() => app.stop());

const mib = 1024 ** 2;

describe("the bytes that somebody sends", () => {
  it("are counted together, and too many are refused with the time to wait", async () => {
    const rate = { bytes: 100 * mib, windowMs: 3_600_000 };
    const [one, other] = [newId(), newId()];
    const send = (who: string, bytes: number) =>
      rates.countBytes({ name: "POST /edits", who, rate }, bytes).then(
        () => "taken",
        (error: unknown) => error,
      );
    // Many small ones count as a KiB each.
    for (let i = 0; i < 3; i++) expect(await send(one, 10)).toBe("taken");
    for (let i = 0; i < 3; i++) expect(await send(one, 32 * mib)).toBe("taken");
    const [first, second] = [await send(one, 32 * mib), await send(one, 32 * mib)];
    expect(first).toMatchObject({ code: "rate_limited", status: 429, first: true });
    expect(second).toMatchObject({ code: "rate_limited", first: false });
    const { retryAfterMs } = first as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(3_500_000);
    expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
    expect(await send(other, 32 * mib)).toBe("taken");
  });

  it("and calls still count one by one", async () => {
    const call = { name: "GET /x", who: newId(), rate: { limit: 2, windowMs: 60_000 } };
    await rates.countCall(call);
    await rates.countCall(call);
    await expect(rates.countCall(call)).rejects.toMatchObject({
      ...{ code: "rate_limited", first: true },
    });
    await expect(rates.countCall(call)).rejects.toMatchObject({ first: false });
  });

  it("and reading is counted for each who reads", async () => {
    const { limit } = rates.usualRate;
    const [one, other] = [newId(), newId()];
    for (let i = 0; i < limit; i++) await rates.countRead(one, "data");
    const refused = { code: "rate_limited", status: 429 };
    await expect(rates.countRead(one, "data")).rejects.toMatchObject({ ...refused, first: true });
    await expect(rates.countRead(one, "data")).rejects.toMatchObject({ ...refused, first: false });
    await rates.countRead(other, "data");
    // Whoever reads too much still sees the video.
    await rates.countRead(one, "file");
  });
});
