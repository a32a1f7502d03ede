import { describe, expect, it } from "vitest";
import { creditsEventsQuery, historyQuery } from "./schema";

describe("queries", () => {
  it.each([
    ["a cursor that the database can't count to", historyQuery, { cursor: "2147483648" }],
    ["a day before there was a product", historyQuery, { from: "0000-01-01" }],
    ["a day that isn't one", historyQuery, { to: "2026-02-30" }],
    [
      "a moment that the database can't name",
      creditsEventsQuery,
      { since: "0000-01-01T00:00:00Z" },
    ],
  ])("refuse %s", (_, query, values) => {
    expect(query.safeParse(values).success).toBe(false);
  });

  it("take what a page sends", () => {
    const asked = { cursor: "2147483647", from: "2026-11-01", to: "2026-11-27" };
    expect(historyQuery.safeParse(asked).success).toBe(true);
    expect(creditsEventsQuery.safeParse({ since: "2026-11-27T08:30:00.000Z" }).success).toBe(true);
  });
});
