import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

/** Who may import whom: the table of docs/architecture.md, checked on every source file. */
const root = path.resolve(import.meta.dirname, "..");
const folders = ["app", "components", "inngest", "lib"];
/** Next loads it before anything else. */
const onEveryPage = "instrumentation-client.ts";
const extensions = [".ts", ".tsx", "/index.ts", "/index.tsx"];

interface Source {
  file: string;
  text: string;
  /** Files of ours that it imports at run time; `import type` doesn't count. */
  imports: string[];
  /** Of these the ones that come along at once: without `import()`. */
  loads: string[];
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourceFiles(name);
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) ? [name] : [];
  });
}

function isFile(name: string): boolean {
  return statSync(path.join(root, name), { throwIfNoEntry: false })?.isFile() ?? false;
}

function resolveImport(from: string, specifier: string): string | undefined {
  const base = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? path.posix.join(path.posix.dirname(from), specifier)
      : undefined;
  if (base === undefined) return undefined;
  return [base, ...extensions.map((extension) => base + extension)].find(isFile);
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?"([^"]+)"|import\("([^"]+)"\)/g;

function read(file: string): Source {
  const text = readFileSync(path.join(root, file), "utf8");
  const matches = [...text.matchAll(importPattern)];
  const resolved = (specifiers: string[]) =>
    specifiers
      .map((specifier) => resolveImport(file, specifier))
      .filter((name) => name !== undefined);
  return {
    file,
    text,
    imports: resolved(matches.map((match) => match[1] ?? match[2] ?? "")),
    loads: resolved(matches.map((match) => match[1] ?? "")),
  };
}

const sources = new Map(
  [onEveryPage, ...folders.flatMap(sourceFiles)].map((file) => [file, read(file)]),
);
const all = [...sources.values()];
const isRepo = (file: string) => /^lib\/.*(?:^|\/|-)repo\.ts$/.test(file);
/** The first folder under lib/, e.g. `lib/jobs`. */
const room = (file: string) => file.split("/").slice(0, 2).join("/");

/** Every "a -> b" that breaks a rule. */
function offences(
  from: (file: string) => boolean,
  forbidden: (to: string, file: string) => boolean,
): string[] {
  return all
    .filter((source) => from(source.file))
    .flatMap((source) =>
      source.imports
        .filter((to) => forbidden(to, source.file))
        .map((to) => `${source.file} -> ${to}`),
    );
}

function reaches(
  start: string,
  forbidden: (source: Source) => boolean,
  edges: "imports" | "loads" = "imports",
): string | undefined {
  const trail = [[start]];
  const seen = new Set([start]);
  for (const names of trail) {
    const source = sources.get(names.at(-1) ?? "");
    if (!source) continue;
    if (forbidden(source)) return names.join(" -> ");
    for (const next of source[edges]) {
      if (seen.has(next)) continue;
      seen.add(next);
      trail.push([...names, next]);
    }
  }
  return undefined;
}

/** The client components that a browser gets with a page: its own and those of all around it. */
function clientParts(page: string): string[] {
  const around = (file: string) =>
    path.basename(file) !== "page.tsx" && page.startsWith(`${path.dirname(file)}/`);
  const parts: string[] = [];
  // Grows while it is walked.
  const seen = new Set([page, ...[...sources.keys()].filter(around)]);
  for (const file of seen) {
    const source = sources.get(file);
    if (source?.text.startsWith('"use client";')) parts.push(file);
    else for (const next of source?.loads ?? []) seen.add(next);
  }
  return parts;
}

describe("who may import whom", () => {
  it("sees the imports", () => {
    expect(all.length).toBeGreaterThan(100);
    expect(sources.get("lib/jobs/service.ts")?.imports).toContain("lib/jobs/repo.ts");
  });

  it("keeps the subtitle core, errors, ids and clock free of everything else of ours", () => {
    const pure = (file: string) =>
      file.startsWith("lib/subtitles/") ||
      /^lib\/(errors|ids|clock|error-table\/.*)\.ts$/.test(file);
    const outside = (to: string) => !/^lib\/(subtitles|error-table)\//.test(to);
    expect(offences(pure, outside)).toEqual([]);
  });

  it("lets only repositories touch the database", () => {
    const may = new Set(["lib/transaction.ts", "lib/live.ts"]);
    const others = (file: string) =>
      !isRepo(file) && !may.has(file) && !file.startsWith("lib/testing/");
    expect(offences(others, (to) => to === "lib/db.ts")).toEqual([]);
  });

  it("keeps a room's repository to the room", () => {
    const outsiders = (to: string, file: string) => isRepo(to) && room(to) !== room(file);
    expect(offences(() => true, outsiders)).toEqual([]);
  });

  it("lets pages, routes and functions ask services only", () => {
    const outer = (file: string) => file.startsWith("app/") || file.startsWith("inngest/");
    const inner = (to: string) => isRepo(to) || to === "lib/db.ts" || to === "lib/transaction.ts";
    expect(offences(outer, inner)).toEqual([]);
  });

  it("keeps server code out of what the browser loads", () => {
    const browser = all.filter(
      ({ file }) => file.startsWith("components/") || file.startsWith("lib/client/"),
    );
    const serverOnly = ({ text }: Source) => /^import "server-only";/m.test(text);
    const trails = browser.map(({ file }) => reaches(file, serverOnly)).filter(Boolean);
    expect(trails).toEqual([]);
  });

  it("brings zod only to pages whose forms parse with it", () => {
    const zod = ({ text }: Source) => /^import (?!type\b)[^;]*"zod(?:\/[^"]*)?";/m.test(text);
    const trails = (page: string) =>
      [onEveryPage, ...clientParts(page)].flatMap((file) => reaches(file, zod, "loads") ?? []);
    const pages = [...sources.keys()].filter((file) => /^app\/.*\/page\.tsx$/.test(file));
    const parses = (page: string) => /\/(settings|admin)\/|\/top-up\/page\.tsx$/.test(page);
    expect(pages.filter(parses).filter((page) => trails(page).length === 0)).toEqual([]);
    const others = pages.filter((page) => !parses(page)).flatMap(trails);
    expect([...new Set(others)]).toEqual([]);
  });

  it("marks every repository and service as server-only", () => {
    const unmarked = all
      .filter(({ file }) => isRepo(file) || /^lib\/.*\/service\.ts$/.test(file))
      .filter(({ text }) => !/^import "server-only";/m.test(text))
      .map(({ file }) => file);
    expect(unmarked).toEqual([]);
  });

  it("runs ffmpeg in one room", () => {
    const spawning = all
      .filter(({ text }) => /ffmpeg-installer|fluent-ffmpeg|ffprobe-installer/.test(text))
      .filter(({ file }) => !file.startsWith("lib/media/"))
      .map(({ file }) => file);
    expect(spawning).toEqual([]);
  });
});
