import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright";
import type { Cue } from "@/lib/subtitles/model";
import { logInPage, programSession } from "../../e2e/fixtures/account";
import { addTrack, silentVideo } from "../../e2e/fixtures/made-tracks";

/** An editor with a track of so many cues in it. */
export interface Subject {
  name: string;
  /** Selectors of a row, of the list and of the field that is open. */
  row: string;
  list: string;
  field: string;
  /** What goes on to the next cue. */
  nextKey: string;
  /** The answer that brings the cues; null: they come with the page. */
  data: RegExp | null;
  /** Signs in, once a page. */
  enter(page: Page): Promise<void>;
  address(count: number): Promise<string>;
}

const words = "오늘은 데이터와 모델과 테스트를 함께 살펴보고 천천히 이야기해 볼게요".split(" ");

/** Cues of about 25 characters, 3 s each with 400 ms between them. */
export function madeCues(count: number, lengthMs = 3_000, gapMs = 400): Cue[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `cue-${i}`,
    startMs: i * (lengthMs + gapMs) + gapMs,
    endMs: (i + 1) * (lengthMs + gapMs),
    text: `${i} ${words.slice(i % 4, (i % 4) + 4).join(" ")}`,
  }));
}

/** The product at `url`: a running build with its data folder in E2E_DATA_DIR. */
export async function product(url: string): Promise<Subject & { overlay: OverlaySubject }> {
  const session = await programSession(url);
  const addressOf = async (cues: readonly Cue[], seconds: number) => {
    const videoId = await silentVideo(session, seconds);
    const trackId = await addTrack(videoId, { language: "ko", cues });
    return `${url}/videos/${videoId}?track=${trackId}`;
  };
  return {
    name: "AX2 Caption",
    row: "[data-cue-row]",
    list: '[data-tour="list"] [role=list], [data-tour="list"] ul, [data-tour="list"] ol',
    field: "textarea[data-cue-text]",
    nextKey: "Enter",
    data: /\/api\/v1\/tracks\/[\w-]+$/,
    enter: (page) => logInPage(page, session),
    address: (count) => addressOf(madeCues(count), 30),
    overlay: {
      address: (minutes) => {
        const cues = madeCues(minutes * 40, 1_000, 500);
        return addressOf(cues, minutes * 60 + 5);
      },
    },
  };
}

export interface OverlaySubject {
  /** A video of so many minutes with a cue every 1.5 s. */
  address(minutes: number): Promise<string>;
}

export type Peer = Subject & { stop: () => void };

/** A peer that is built here: the usual design, see peer/app.tsx. */
export async function wholeArrayList(): Promise<Peer> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, "peer/app.tsx")],
    ...{ bundle: true, minify: true, write: false, format: "esm", jsx: "automatic" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = outputFiles[0]?.text ?? "";
  const { url, stop } = await served(({ pathname, searchParams }) => {
    if (pathname === "/cues.json")
      return JSON.stringify(madeCues(Number(searchParams.get("count"))));
    if (pathname === "/app.js") return script;
    return '<div id="root"></div><script type="module" src="/app.js"></script>';
  });
  return {
    ...{ name: "whole-array React list", row: "[data-row]", list: "#list" },
    ...{ field: "textarea:focus", nextKey: "Enter", data: /\/cues\.json/ },
    enter: async () => {},
    address: async (count) => `${url}/?count=${count}`,
    stop,
  };
}

/**
 * SubPlayer as its authors have built it: the `docs` folder of
 * https://github.com/zhw2590582/SubPlayer (MIT). It keeps its cues in the browser's storage.
 */
export async function subPlayer(folder: string): Promise<Peer> {
  const page = await readFile(path.join(folder, "index.html"), "utf8");
  const time = (ms: number) => new Date(ms).toISOString().slice(11, 23);
  const { url, stop } = await served(async ({ pathname, searchParams }) => {
    if (pathname !== "/") return readFile(path.join(folder, path.normalize(pathname)));
    const cues = madeCues(Number(searchParams.get("count"))).map(({ startMs, endMs, text }) => ({
      ...{ start: time(startMs), end: time(endMs), text },
    }));
    const stored = JSON.stringify(JSON.stringify(cues));
    return page.replace("<head>", `<head><script>localStorage.subtitle ??= ${stored}</script>`);
  });
  return {
    ...{ name: "SubPlayer", row: ".ReactVirtualized__Table__row" },
    ...{ list: ".ReactVirtualized__Table__Grid", field: "textarea:focus", nextKey: "Tab" },
    data: null,
    enter: async () => {},
    address: async (count) => `${url}/?count=${count}`,
    stop,
  };
}

const types: Record<string, string> = {
  ...{ ".json": "application/json", ".js": "text/javascript", ".css": "text/css" },
  ...{ "": "text/html", ".mp4": "video/mp4", ".svg": "image/svg+xml" },
};

/** A server of files on the loopback. */
async function served(
  answer: (url: URL) => string | Buffer | Promise<string | Buffer>,
): Promise<{ url: string; stop: () => void }> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    try {
      const body = await answer(url);
      response.setHeader("content-type", types[path.extname(url.pathname)] ?? "text/plain");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}
