import { expect, it } from "vitest";
import { versionsQuery } from "./schema";

it.each([
  [{}, { limit: 50 }],
  [
    { cursor: "7", limit: "2" },
    { cursor: 7, limit: 2 },
  ],
  [{ before: "7" }, undefined],
  [{ cursor: "0" }, undefined],
  [{ limit: "1001" }, undefined],
])("the list of versions is asked for by %o", (query, read) => {
  expect(versionsQuery.safeParse(query).data).toEqual(read);
});
