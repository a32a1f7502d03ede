import { expect, it } from "vitest";
import { download } from "./download";

it("is saved under its name, not shown and not kept", async () => {
  const response = download("text/csv", "바다의 하루.csv", "a,b\n");
  const { headers } = response;
  expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(headers.get("content-disposition")).toMatch(/^attachment;.*filename\*=UTF-8''%EB%B0%94/);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(await response.text()).toBe("a,b\n");
});
