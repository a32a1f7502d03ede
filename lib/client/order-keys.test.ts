import { describe, expect, it } from "vitest";
import { orderPageKey } from "./use-orders";
import { packagesKey } from "./use-packages";

describe("addresses of packages and orders", () => {
  it("asks about a code as it was typed", () => {
    expect(packagesKey(null)).toBe("/api/v1/packages");
    expect(packagesKey("봄맞이 & 10")).toBe(
      "/api/v1/packages?code=%EB%B4%84%EB%A7%9E%EC%9D%B4+%26+10",
    );
  });

  it("goes on from the cursor and ends where there is none", () => {
    expect(orderPageKey(0, null)).toBe("/api/v1/top-ups");
    expect(orderPageKey(1, { orders: [], nextCursor: "c=1" })).toBe("/api/v1/top-ups?cursor=c%3D1");
    expect(orderPageKey(1, { orders: [], nextCursor: null })).toBeNull();
  });
});
