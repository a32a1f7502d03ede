import { expect, it } from "vitest";
import { speechLanguageChoice } from "./schema";

it("lets a person choose auto or a language we know", () => {
  expect(speechLanguageChoice.safeParse("auto").success).toBe(true);
  expect(speechLanguageChoice.safeParse("yue").success).toBe(true);
  expect(speechLanguageChoice.safeParse("korean").success).toBe(false);
  expect(speechLanguageChoice.safeParse("").success).toBe(false);
});
