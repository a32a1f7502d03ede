import { expect, it, vi } from "vitest";

it("keeps zod from compiling code in browsers", async () => {
  await import("@/instrumentation-client");
  const { z } = await import("zod");
  expect(z.config().jitless).toBe(true);

  const schema = z.object({ name: z.string() });
  const compile = vi.fn(Function);
  vi.stubGlobal("Function", compile);
  try {
    expect(schema.parse({ name: "a" })).toEqual({ name: "a" });
  } finally {
    vi.unstubAllGlobals();
  }
  expect(compile).not.toHaveBeenCalled();
});
