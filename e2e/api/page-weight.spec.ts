import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { browserCookie, makeAccount } from "../fixtures/account";

/** Script that a browser loads before it has a page, in bytes of gzip; Next and React are 139 kB. */
async function scriptBytes(url: string, path: string, cookie: string): Promise<number> {
  const page = await (await fetch(new URL(path, url), { headers: { cookie } })).text();
  const tags = page.match(/<script\b[^>]*>/g) ?? [];
  const sources = tags
    .filter((tag) => !/nomodule/i.test(tag))
    .map((tag) => /src="(\/_next\/[^"]+)"/.exec(tag)?.[1])
    .filter((source) => source !== undefined);
  const sizes = [...new Set(sources)].map(async (source) => {
    const answer = await fetch(new URL(source, url));
    expect(answer.status).toBe(200);
    return gzipSync(await answer.text()).length;
  });
  expect(sizes.length).toBeGreaterThan(5);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

test("pages load no more script than they did", async ({ baseURL: url = "" }) => {
  const cookie = await browserCookie(url, await makeAccount(url));
  const most: Record<string, number> = {
    "/": 155,
    "/login": 167,
    "/notices": 265,
    "/videos": 315,
    "/jobs": 289,
    "/upload": 329,
    "/videos/018f0000-0000-7000-8000-000000000000": 452,
  };
  for (const [path, kilobytes] of Object.entries(most)) {
    const bytes = await scriptBytes(url, path, path === "/login" ? "" : cookie);
    expect.soft(bytes / 1000, path).toBeLessThan(kilobytes);
    // Well below it, the figure here is an old one.
    expect.soft(bytes / 1000, path).toBeGreaterThan(kilobytes * 0.93);
  }
});
