"use client";

import { OrderForm } from "@/components/options/order-form";
import type { VideoView } from "@/lib/videos/schema";

interface MakeSubtitlesProps {
  video: VideoView;
  onChanged: () => void;
  /** Beside something louder. */
  quiet?: boolean;
  again?: boolean;
}

/** Chooses languages and options, says what subtitles cost, and starts them. */
export function MakeSubtitles({
  video,
  onChanged,
  quiet = false,
  again = false,
}: MakeSubtitlesProps) {
  return (
    <OrderForm
      subject={{ kind: "caption", videoId: video.id }}
      quiet={quiet}
      again={again || quiet}
      onOrdered={onChanged}
    />
  );
}
