"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { initialOf } from "./initial";

interface AvatarProps {
  name: string;
  photoUrl: string | null;
  /** Size and text size; square. */
  className?: string;
}

/** The account's picture or, without one, the name's first letter. Decorative: the name is near. */
export function Avatar({ name, photoUrl, className }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const frame = cn("inline-flex shrink-0 select-none overflow-hidden rounded-full", className);
  if (photoUrl && photoUrl !== broken) {
    return (
      // The picture is private and already small: Next's optimiser can't fetch it.
      // biome-ignore lint/performance/noImgElement: see above
      <img
        src={photoUrl}
        alt=""
        decoding="async"
        onError={() => setBroken(photoUrl)}
        className={cn(frame, "bg-sunken object-cover")}
      />
    );
  }
  return (
    <span
      aria-hidden="true"
      className={cn(
        frame,
        "items-center justify-center bg-accent-soft font-semibold text-accent leading-none",
      )}
    >
      {initialOf(name)}
    </span>
  );
}
