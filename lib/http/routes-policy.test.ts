import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const app = path.resolve(import.meta.dirname, "../../app");

/** Every route file, as its address: `/api/v1/me`. */
function routeFiles(folder: string): string[] {
  return readdirSync(path.join(app, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return routeFiles(`${folder}/${entry.name}`);
    return /^route\.tsx?$/.test(entry.name) ? [`${folder}/${entry.name}`] : [];
  });
}

const files = routeFiles("");
const textOf = (file: string) => readFileSync(path.join(app, file), "utf8");

const methods = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS";
const madeByRoute = new RegExp(`^export const (${methods}) = route\\($`);
const alias = new RegExp(`^export const (${methods}) = (\\w+);$`);

/** What a file gives to callers without `route()` having looked at them. */
function unguarded(text: string): string[] {
  const exported = text.split("\n").filter((line) => /^export\b/.test(line));
  return exported.filter((line) => {
    if (madeByRoute.test(`${line.split("route(")[0]}route(`)) return false;
    const name = alias.exec(line)?.[2];
    return !name || !new RegExp(`^const ${name} = route\\(`, "m").test(text);
  });
}

describe("every route", () => {
  it("is found", () => {
    expect(files.length).toBeGreaterThan(45);
    expect(files).toContain("/api/v1/me/route.ts");
  });

  it("is made by route(), which asks where a request comes from and who sends it", () => {
    const others = files.filter((file) => unguarded(textOf(file)).length > 0);
    // Each answers for itself: upload tokens, and Inngest's signature.
    expect(others.sort()).toEqual(["/api/blob/[[...path]]/route.ts", "/api/inngest/route.ts"]);
  });

  it("says in its policy who may call it", () => {
    for (const file of files) {
      const calls = textOf(file).match(/\broute\(/g)?.length ?? 0;
      const policies =
        textOf(file).match(/\broute\(\s*\{\s*auth: "(?:session|studio|operator|none)"/g)?.length ??
        0;
      expect(policies, file).toBe(calls);
    }
  });

  it("lies where it belongs", () => {
    const elsewhere = files.filter((file) => !file.startsWith("/api/v1/"));
    expect(elsewhere.sort()).toEqual([
      "/.well-known/jwks.json/route.ts",
      "/api/auth/[...nextauth]/route.ts",
      "/api/blob/[[...path]]/route.ts",
      "/api/health/route.ts",
      "/api/inngest/route.ts",
      "/api/webhooks/toss/route.ts",
    ]);
  });

  it("that changes a way into the account asks for a fresh proof first", () => {
    const sensitive = [
      "me/deletion",
      "me/email",
      "me/identities/[provider]",
      "me/password",
      "me/second-factor",
      "me/second-factor/recovery-codes",
      "me/sessions",
      "me/sessions/[id]",
    ];
    for (const name of sensitive) {
      const text = textOf(`/api/v1/${name}/route.ts`);
      const changing = text.match(/export const (?:POST|PUT|PATCH|DELETE)\b/g)?.length ?? 0;
      expect(text.match(/await assertFresh\(principal\);/g)?.length, name).toBe(changing);
    }
  });
});

describe("the look for unguarded exports", () => {
  it.each([
    ['export const GET = route({ auth: "none" }, async () => json({}));', []],
    ["const answer = route({});\n\nexport const HEAD = answer;", []],
    ["export async function GET() {}", ["export async function GET() {}"]],
    ["const raw = () => 1;\nexport const POST = raw;", ["export const POST = raw;"]],
    ["export { blob as GET };", ["export { blob as GET };"]],
    ["export const PUT = wrapped(route);", ["export const PUT = wrapped(route);"]],
  ])("%s", (text, found) => {
    expect(unguarded(text)).toEqual(found);
  });
});
