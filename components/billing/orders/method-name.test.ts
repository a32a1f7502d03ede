import { expect, it } from "vitest";
import { knownMethod } from "./method-name";

it.each([
  ["카드", "card"],
  ["계좌이체", "transfer"],
  ["간편결제", "easyPay"],
  ["도서문화상품권", null],
  ["toString", null],
])("%s is %s", (label, method) => expect(knownMethod(label)).toBe(method));
