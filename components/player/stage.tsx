import type { CSSProperties, ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { PictureSize } from "@/lib/subtitles/style";

interface VideoSize {
  /** Pixels of the picture; null while they aren't known. */
  width: number | null;
  height: number | null;
}

/** The shape of a video's picture; the usual one while it isn't known. */
export function pictureOf({ width, height }: VideoSize): PictureSize {
  return width && height ? { width, height } : { width: 1920, height: 1080 };
}

interface StageProps {
  video: VideoSize;
  /** Takes all the room there is instead of the video's shape within the page. */
  fill?: boolean;
  children: ReactNode;
}

/**
 * The dark surface with the picture in it. The picture's box has exactly the video's shape, so
 * that subtitles stand on the picture and not on the bars beside it.
 */
export function Stage({ video, fill = false, children }: StageProps) {
  const { width, height } = pictureOf(video);
  const ratio = width / height;
  return (
    <div
      style={{ "--ratio": ratio } as CSSProperties}
      className={cn(
        "flex items-center justify-center overflow-hidden bg-stage [container-type:size]",
        fill
          ? "min-h-0 flex-1"
          : "aspect-video max-h-[var(--stage-max,46dvh)] w-full lg:max-h-[var(--stage-max,calc(100dvh-15rem))]",
      )}
    >
      <div className="relative h-[min(100cqh,calc(100cqw/var(--ratio)))] w-[min(100cqw,calc(100cqh*var(--ratio)))] overflow-hidden [container-type:size]">
        {children}
      </div>
    </div>
  );
}
