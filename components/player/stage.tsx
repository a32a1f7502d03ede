import type { CSSProperties, ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface StageProps {
  /** Pixels of the picture; null while they aren't known. */
  video: { width: number | null; height: number | null };
  /** Takes all the room there is instead of the video's shape within the page. */
  fill?: boolean;
  children: ReactNode;
}

/**
 * The dark surface with the picture in it. The picture's box has exactly the video's shape, so
 * that subtitles stand on the picture and not on the bars beside it.
 */
export function Stage({ video, fill = false, children }: StageProps) {
  const ratio = video.width && video.height ? video.width / video.height : 16 / 9;
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
