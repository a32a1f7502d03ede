import { describe, expect, it } from "vitest";
import { backOf, needOf, orderIdOf, readArrival, withQuery } from "./arrival";

const whole = { orderId: "ax2-abc_DEF=9", paymentKey: "tviva20261127", amount: "11000" };

describe("readArrival", () => {
  it("reads what the window brings", () => {
    expect(readArrival({ ...whole, paymentType: "NORMAL" })).toEqual({
      orderId: "ax2-abc_DEF=9",
      paymentKey: "tviva20261127",
      amountKrw: 11_000,
    });
  });

  it("takes the first of several", () => {
    expect(readArrival({ ...whole, amount: ["11000", "1"] })?.amountKrw).toBe(11_000);
  });

  it.each([
    ["no order", { ...whole, orderId: undefined }],
    ["an order in another alphabet", { ...whole, orderId: "../../me" }],
    ["no key", { ...whole, paymentKey: "" }],
    ["a key too long", { ...whole, paymentKey: "k".repeat(201) }],
    ["no amount", { ...whole, amount: undefined }],
    ["a part of a won", { ...whole, amount: "11000.5" }],
    ["less than nothing", { ...whole, amount: "-11000" }],
    ["another notation", { ...whole, amount: "1e4" }],
    ["more than there is", { ...whole, amount: "99999999999" }],
  ])("takes nothing from an address with %s", (_, query) => {
    expect(readArrival(query)).toBeNull();
  });
});

describe("other parts of an address", () => {
  it.each([
    ["/videos/abc?tab=1", "/videos/abc?tab=1"],
    ["https://evil.example/", null],
    ["//evil.example", null],
    ["/\\evil.example", null],
    ["javascript:alert(1)", null],
    [undefined, null],
  ])("back=%j leads to %j", (back, path) => expect(backOf({ back })).toBe(path));

  it.each([
    ["42", 42],
    ["0", 0],
    ["-5", 0],
    ["4.2", 0],
    ["99999999", 0],
    [undefined, 0],
  ])("need=%j is %i", (need, credits) => expect(needOf({ need })).toBe(credits));

  it("knows an order's number", () => {
    expect(orderIdOf({ orderId: "ax2-1234" })).toBe("ax2-1234");
    expect(orderIdOf({ orderId: "short" })).toBeNull();
  });

  it("goes along through a log-in", () => {
    expect(withQuery("/credits/top-up", {})).toBe("/credits/top-up");
    expect(withQuery("/done", { ...whole, back: "/videos/a b", gone: undefined })).toBe(
      "/done?orderId=ax2-abc_DEF%3D9&paymentKey=tviva20261127&amount=11000&back=%2Fvideos%2Fa+b",
    );
  });
});
