import { describe, expect, it } from "vitest";
import { updateProfileInput } from "./schema";

describe("updateProfileInput", () => {
  it.each([
    {},
    { theme: "dark" },
    { notifications: {} },
    { notifications: { jobCompleted: true } },
    { notifications: { jobFailed: false } },
  ])("adds nothing to %j: what is left out stays as it was", (input) => {
    expect(updateProfileInput.parse(input)).toEqual(input);
  });
});
