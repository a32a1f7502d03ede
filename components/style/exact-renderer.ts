import { inShippedFont } from "@/lib/renders/shipped-font";
import { writeSubtitles } from "@/lib/subtitles/formats";
import type { TrackContent } from "@/lib/subtitles/model";
import type { PictureSize } from "@/lib/subtitles/style";

/** A track as it is to be drawn. */
export interface ExactContent extends TrackContent {
  /** BCP 47. */
  language: string;
}

/** libass at work in a worker, on a canvas of its own. */
export interface ExactRenderer {
  /** The picture shows this time. */
  show: (ms: number) => void;
  change: (content: ExactContent) => void;
  stop: () => void;
}

interface StartOptions {
  /** The canvas goes in here and has its size. */
  frame: HTMLElement;
  picture: PictureSize;
  content: ExactContent;
}

/** The one font there is; the whole of it, as subtitles may have any letter. */
const fonts = [
  new URL(
    "../../node_modules/pretendard/dist/public/static/Pretendard-Regular.otf",
    import.meta.url,
  ),
  new URL("../../node_modules/pretendard/dist/public/static/Pretendard-Bold.otf", import.meta.url),
];

const at = (file: string) => `/libass/${file}`;

/** Loads libass with its font (5.3 MB in all, kept by the browser) and starts it. */
export async function startExactRenderer(options: StartOptions): Promise<ExactRenderer> {
  const { frame, picture, content } = options;
  const { default: Jassub }: typeof import("jassub") = await import(
    // A file of its own, made by scripts/bootstrap/libass.mjs: the pages' bundler never ends with it.
    /* turbopackIgnore: true */ new URL(at("jassub.js"), window.location.href).href
  );
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%";
  frame.append(canvas);
  const ass = new Jassub({
    canvas,
    subContent: assOf(content, picture),
    workerUrl: at("worker.js"),
    wasmUrl: at("jassub-worker.wasm"),
    modernWasmUrl: at("jassub-worker-modern.wasm"),
    fonts: fonts.map(({ href }) => href),
    defaultFont: "pretendard",
    queryFonts: false,
  });
  await ass.ready;
  let shownMs = 0;
  const draw = (repaint: boolean) => {
    const { width, height } = picture;
    const frameData = { mediaTime: shownMs / 1000, expectedDisplayTime: 0, width, height };
    void ass.manualRender(frameData, repaint);
  };
  return {
    show: (ms) => {
      shownMs = ms;
      draw(false);
    },
    change: (next) => {
      void ass.renderer.setTrack(assOf(next, picture)).then(() => draw(true));
    },
    stop: () => {
      canvas.remove();
      void ass.destroy();
    },
  };
}

/** The file that taking the track home as ASS gives, in the font that is here. */
function assOf({ language, cues, style }: ExactContent, picture: PictureSize): string {
  const document = inShippedFont({ language, cues: [...cues], ...(style && { style }) });
  const { width: playResX, height: playResY } = picture;
  return writeSubtitles({ document, format: "ass", options: { playResX, playResY } }).text;
}
