import { expect, it } from "vitest";
import { facesOf } from "./faces";

it("shows a person once, writing where any of their tabs is", () => {
  const at = (id: string, name: string, writing: boolean) => ({
    ...{ id, name, writing, clientId: `${id}-${writing}`, cueId: null },
  });
  const people = [at("b", "하늘", false), at("a", "가람", false), at("b", "하늘", true)];
  expect(facesOf(people)).toEqual([
    { id: "a", name: "가람", writing: false },
    { id: "b", name: "하늘", writing: true },
  ]);
  expect(facesOf([])).toEqual([]);
});
