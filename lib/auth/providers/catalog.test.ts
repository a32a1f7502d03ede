import { describe, expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import { configuredProviders, providerApp } from "./catalog";
import { authConfig } from "./config";
import { endpoints } from "./endpoints";

const secret = { AUTH_SECRET: "x".repeat(32) };

describe("the providers of an installation", () => {
  it("are those with a client", () => {
    const none = readEnv(secret);
    expect(configuredProviders(none)).toEqual([]);
    expect(providerApp("google", none)).toBeUndefined();
    const two = readEnv({
      ...secret,
      NAVER_CLIENT_ID: "n",
      NAVER_CLIENT_SECRET: "ns",
      GOOGLE_CLIENT_ID: "g",
      GOOGLE_CLIENT_SECRET: "gs",
    });
    expect(configuredProviders(two)).toEqual(["google", "naver"]);
    expect(providerApp("naver", two)).toEqual({ clientId: "n", clientSecret: "ns" });
    expect(providerApp("kakao", two)).toBeUndefined();
  });

  it("are reached where they really are, without stand-ins", () => {
    const addresses = JSON.stringify(endpoints());
    expect(addresses.match(/https?:\/\/[^/"]+/g)?.sort()).toEqual([
      "https://accounts.google.com",
      "https://kapi.kakao.com",
      "https://kauth.kakao.com",
      "https://kauth.kakao.com",
      "https://kauth.kakao.com",
      "https://nid.naver.com",
      "https://nid.naver.com",
      "https://nid.naver.com",
      "https://openapi.naver.com",
      "https://www.googleapis.com",
    ]);
  });

  it("are all at the stand-ins, where there are some", () => {
    const addresses = JSON.stringify(endpoints("http://127.0.0.1:4000/"));
    expect(new Set(addresses.match(/https?:\/\/[^/"]+/g))).toEqual(
      new Set(["http://127.0.0.1:4000"]),
    );
    expect(addresses).not.toMatch(/4000\/\//);
  });
});

describe("next-auth's configuration", () => {
  const app = { clientId: "id", clientSecret: "secret" };
  const config = authConfig(
    {
      apps: { google: app, kakao: app, naver: app },
      standIns: undefined,
      secrets: ["x".repeat(32)],
      secure: true,
    },
    { finish: async () => "/", failed: () => undefined },
  );

  it("has no adapter, links nothing by e-mail and checks every way", () => {
    expect(config.adapter).toBeUndefined();
    const providers = config.providers.map((each) => (typeof each === "function" ? each() : each));
    const options = providers.map(
      ({ options }) => options as { checks: string[]; allowDangerousEmailAccountLinking?: boolean },
    );
    expect(options.map(({ checks }) => checks)).toEqual([
      ["pkce", "state", "nonce"],
      ["pkce", "state"],
      ["pkce", "state"],
    ]);
    for (const each of options) expect(each.allowDangerousEmailAccountLinking).toBeFalsy();
  });

  it("leads nowhere but to our own pages", async () => {
    const baseUrl = "https://caption.example.com";
    const redirect = async (url: string) => config.callbacks?.redirect?.({ url, baseUrl });
    expect(await redirect("/videos?a=b")).toBe(`${baseUrl}/videos?a=b`);
    expect(await redirect(`${baseUrl}/jobs`)).toBe(`${baseUrl}/jobs`);
    for (const url of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      `${baseUrl}.evil.example/`,
      "http://caption.example.com/",
      "javascript:alert(1)",
      "http://[",
    ]) {
      expect(await redirect(url)).toBe(baseUrl);
    }
  });
});
