"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useOpenEditor } from "@/components/editor/editor-context";
import type { PictureSize } from "@/lib/subtitles/style";
import type { ExactRenderer } from "./exact-renderer";

/** An edit shows after so long, ms: writing the whole file at every key would be felt. */
const restMs = 150;

/** The subtitles as libass draws them: what players show of the ASS file, and burned-in videos. */
export function ExactCaptions({ picture }: { picture: PictureSize }) {
  const editor = useOpenEditor();
  const frame = useRef<HTMLDivElement>(null);
  const t = useTranslations("style");
  const [failed, setFailed] = useState(false);
  const player = editor?.player;
  const document = editor?.session.document;
  const language = editor?.language ?? "";

  useEffect(() => {
    const element = frame.current;
    if (!element || !player || !document) return;
    let renderer: ExactRenderer | undefined;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const content = () => ({ language, cues: document.cues(), style: document.style });
    // Apart from the page: whoever never asks for it never loads it.
    const starting = import("./exact-renderer").then(({ startExactRenderer }) =>
      startExactRenderer({ frame: element, picture, content: content() }),
    );
    const stops = [
      player.onTime((ms) => renderer?.show(ms)),
      document.subscribeContent(() => {
        clearTimeout(rest);
        rest = setTimeout(() => renderer?.change(content()), restMs);
      }),
    ];
    let left = false;
    starting.then(
      (started) => {
        renderer = started;
        if (left) return;
        started.change(content());
        started.show(player.timeMs);
      },
      () => left || setFailed(true),
    );
    return () => {
      left = true;
      clearTimeout(rest);
      for (const stop of stops) stop();
      void starting.then((started) => started.stop()).catch(() => undefined);
    };
  }, [player, document, language, picture]);

  return (
    <div
      ref={frame}
      aria-hidden="true"
      data-testid="exact-captions"
      className="pointer-events-none absolute inset-0"
    >
      {failed ? (
        <p className="absolute inset-x-0 top-0 bg-stage/80 p-2 text-center text-caption text-sm">
          {t("exactFailed")}
        </p>
      ) : null}
    </div>
  );
}
