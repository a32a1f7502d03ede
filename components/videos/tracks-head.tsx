"use client";

import { useSyncExternalStore } from "react";
import type { TrackSession } from "@/lib/client/use-track";
import { TrackBar, type TrackBarProps } from "./track-bar";
import { TrackNews } from "./track-news";

interface TracksHeadProps extends Omit<TrackBarProps, "unsent"> {
  session: TrackSession | null;
}

const never = () => () => {};
const nothing = () => null;

/** What stands above the cues: the languages, and what there is to know about them. */
export function TracksHead({ session, ...props }: TracksHeadProps) {
  const queue = session?.queue;
  const state = useSyncExternalStore(
    queue?.subscribe ?? never,
    queue?.getState ?? nothing,
    queue?.getState ?? nothing,
  );
  return (
    <>
      <TrackBar {...props} unsent={state?.unsent ?? 0} />
      <TrackNews {...props} />
    </>
  );
}
