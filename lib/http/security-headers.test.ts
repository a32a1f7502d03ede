import { unstable_getResponseFromNextConfig } from "next/experimental/testing/server.js";
import { describe, expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import nextConfig from "@/next.config";
import { contentSecurityPolicy } from "./content-security-policy";
import { setStrictTransport } from "./strict-transport";

const policy = (variables: Record<string, string> = {}) => {
  const env = readEnv({ AUTH_SECRET: "a secret of 32 characters for a test", ...variables });
  const directives = contentSecurityPolicy(env).split("; ");
  return new Map(directives.map((text) => [text.split(" ")[0], text.split(" ").slice(1)]));
};

describe("the content security policy of pages", () => {
  it("lets in nothing from elsewhere, and no page around ours", () => {
    const directives = policy({ NODE_ENV: "production" });
    expect(directives.get("default-src")).toEqual(["'self'"]);
    expect(directives.get("script-src")).toEqual([
      "'self'",
      "'unsafe-inline'",
      "'wasm-unsafe-eval'",
    ]);
    for (const name of ["object-src", "base-uri", "frame-ancestors", "script-src-attr"]) {
      expect(directives.get(name), name).toEqual(["'none'"]);
    }
    expect(directives.get("form-action")).toEqual(["'self'"]);
    expect([...directives.values()].flat().filter((value) => /[*:]\/?\/?/.test(value))).toEqual([
      "blob:",
      "data:",
      "blob:",
      "blob:",
    ]);
  });

  it("names the providers and the hosted store only where they are in use", () => {
    const set = policy({
      GOOGLE_CLIENT_ID: "google",
      GOOGLE_CLIENT_SECRET: "secret",
      BLOB_READ_WRITE_TOKEN: "token",
      APP_URL: "https://caption.example",
    });
    expect(set.get("form-action")).toEqual(["'self'", "https://accounts.google.com"]);
    expect(set.get("connect-src")).toContain("https://*.vercel-storage.com");
    expect(set.has("upgrade-insecure-requests")).toBe(true);
    expect(policy().has("upgrade-insecure-requests")).toBe(false);
  });
});

describe("the content security policy and payments", () => {
  const keys = { TOSS_CLIENT_KEY: "test_ck_a", TOSS_SECRET_KEY: "test_sk_b" };
  const of = (variables: Record<string, string>) => {
    const directives = policy({ NODE_ENV: "production", ...variables });
    const names = ["script-src", "connect-src", "frame-src", "form-action"];
    const own = new Set(["'self'", "'unsafe-inline'", "'wasm-unsafe-eval'"]);
    return names.map((name) => directives.get(name)?.filter((value) => !own.has(value)));
  };

  it("names nobody where nothing can be bought", () => {
    expect(of({})).toEqual([[], [], [], []]);
  });

  it("names Toss, whose script runs and whose windows open", () => {
    const rest = ["https://*.tosspayments.com"];
    expect(of(keys)).toEqual([["https://js.tosspayments.com"], rest, rest, rest]);
  });

  it("names the practice provider's address, and not Toss", () => {
    const sandbox = { ...keys, TOSS_SDK_URL: "http://127.0.0.1:4000/v2/standard" };
    const origin = ["http://127.0.0.1:4000"];
    expect(of(sandbox)).toEqual([origin, origin, origin, origin]);
  });
});

describe("Strict-Transport-Security", () => {
  it.each([
    ["https://caption.example", "max-age=31536000; includeSubDomains"],
    ["http://localhost:3000", null],
  ])("of %s is %s", (appUrl, value) => {
    const headers = new Headers();
    setStrictTransport(headers, appUrl);
    expect(headers.get("strict-transport-security")).toBe(value);
  });
});

describe("what every answer carries", () => {
  it.each(["/", "/login", "/api/v1/me", "/icon.svg"])("%s", async (path) => {
    const url = `http://app.example${path}`;
    const { headers } = await unstable_getResponseFromNextConfig({ url, nextConfig });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    const isApi = path.startsWith("/api");
    expect(headers.get("content-security-policy")).toContain(
      isApi ? "sandbox; default-src 'none'" : "base-uri 'none'",
    );
  });

  it("of a link's page keeps its address to itself", async () => {
    const url = "http://app.example/shared/secret";
    const { headers } = await unstable_getResponseFromNextConfig({ url, nextConfig });
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-robots-tag")).toContain("noindex");
  });
});
