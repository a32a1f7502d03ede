import { afterEach, expect, it, vi } from "vitest";
import { updateAccount } from "./use-account";

afterEach(() => vi.unstubAllGlobals());

it("sends a change of the account to its end, though the page is left at once", async () => {
  const fetch = vi.fn(async () => Response.json({ account: { theme: "dark" } }));
  vi.stubGlobal("fetch", fetch);
  await updateAccount({ theme: "dark" });
  expect(fetch).toHaveBeenCalledExactlyOnceWith(
    "/api/v1/me",
    expect.objectContaining({ method: "PATCH", body: '{"theme":"dark"}', keepalive: true }),
  );
});
