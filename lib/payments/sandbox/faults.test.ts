import { describe, expect, it } from "vitest";
import { FaultQueue, faultSchema } from "./faults";

describe("FaultQueue", () => {
  const queue = (...orderIds: (string | undefined)[]) => {
    const faults = new FaultQueue();
    for (const orderId of orderIds) {
      faults.add(faultSchema.parse({ endpoint: "get", kind: "error_before", times: 2, orderId }));
    }
    return faults;
  };

  it("meets as many calls about its order as it says, and no others", () => {
    const faults = queue("order-1");
    expect(faults.take("get", "order-2")).toBeUndefined();
    expect(faults.take("confirm", "order-1")).toBeUndefined();
    expect(faults.take("get", "order-1")).toBeDefined();
    expect(faults.take("get", "order-1")).toBeDefined();
    expect(faults.take("get", "order-1")).toBeUndefined();
  });

  it("forgets those about one order, or all", () => {
    const faults = queue("order-1", "order-2", undefined);
    faults.clear("order-2");
    expect(faults.take("get", "order-2")).toMatchObject({ orderId: undefined });
    expect(faults.take("get", "order-1")).toMatchObject({ orderId: "order-1" });
    faults.clear();
    expect(faults.take("get", "order-1")).toBeUndefined();
  });
});
