import { describe, expect, it } from "vitest";
import { nextAttempt, type OpenAttempt, type OrderChoice, parseAttempt } from "./open-order";

const choice: OrderChoice = {
  packageId: "standard",
  method: "CARD",
  cashReceipt: "none",
  amountKrw: 11_000,
};
const key = () => "key-0002";
const opened = (orderId: string | null = "ax2-1"): OpenAttempt => {
  const { attempt } = nextAttempt(null, choice, () => "key-0001");
  return { ...attempt, orderId };
};

describe("nextAttempt", () => {
  it("goes on with the same choice, answered or not", () => {
    for (const open of [opened(), opened(null)]) {
      expect(nextAttempt(open, { ...choice }, key)).toEqual({ attempt: open, abandoned: null });
    }
  });

  it.each([
    { packageId: "plus" },
    { code: "WELCOME" },
    { method: "TRANSFER" },
    { cashReceipt: "proof" },
    { amountKrw: 9_900 },
  ] as Partial<OrderChoice>[])("is another one with %j, and gives the open order up", (change) => {
    const { attempt, abandoned } = nextAttempt(opened(), { ...choice, ...change }, key);
    expect(attempt).toMatchObject({ key: "key-0002", orderId: null });
    expect(abandoned).toBe("ax2-1");
  });

  it("has nothing to give up where no order was answered", () => {
    const { abandoned } = nextAttempt(opened(null), { ...choice, packageId: "plus" }, key);
    expect(abandoned).toBeNull();
  });
});

describe("parseAttempt", () => {
  it("reads back what was kept", () => {
    expect(parseAttempt(JSON.stringify(opened()))).toEqual(opened());
  });

  it.each([
    null,
    "",
    "{",
    "null",
    "7",
    '{"key":"k"}',
    '{"key":1,"choice":"c","orderId":null}',
    '{"key":"k","choice":"c","orderId":2}',
  ])("takes nothing from %j", (text) => expect(parseAttempt(text)).toBeNull());
});
