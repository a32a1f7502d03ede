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
  /** The answer that brings the cues. */
  data: RegExp;
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

/** The peer, built and served here. */
export async function peer(): Promise<Subject & { stop: () => void }> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, "peer/app.tsx")],
    ...{ bundle: true, minify: true, write: false, format: "esm", jsx: "automatic" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = outputFiles[0]?.text ?? "";
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/cues.json") {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(madeCues(Number(searchParams.get("count")))));
    } else if (pathname === "/app.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(script);
    } else {
      response.setHeader("content-type", "text/html");
      response.end('<div id="root"></div><script type="module" src="/app.js"></script>');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    name: "whole-array React list",
    row: "[data-row]",
    list: "#list",
    field: "textarea:focus",
    data: /\/cues\.json/,
    enter: async () => {},
    address: async (count) => `http://127.0.0.1:${port}/?count=${count}`,
    stop: () => server.close(),
  };
}
