import { expect, it } from "vitest";
import { jobOptions } from "./options";
import { plainOptions } from "./plain-options";

it("is what an order comes to that says nothing", () => {
  expect(plainOptions).toStrictEqual(jobOptions.parse({}));
});
