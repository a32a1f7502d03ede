import { expect, test, vi } from "vitest";

test("the client needs no variables to be made, and sends nothing outside a function", async () => {
  vi.stubEnv("AUTH_SECRET", "");
  const { inngest } = await import("./client");
  expect(inngest.id).toBe("ax2-caption");

  vi.stubEnv("AUTH_SECRET", "x".repeat(32));
  vi.stubEnv("INNGEST_SIGNING_KEY", "");
  vi.stubEnv("LOG_LEVEL", "silent");
  expect(inngest.mode).toBe("dev");
  await expect(inngest.send({ name: "job/requested", data: {} })).rejects.toThrow(
    "outside a function events go through the outbox",
  );
});
