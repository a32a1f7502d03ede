"use client";

import { TrackBar, type TrackBarProps } from "./track-bar";
import { TrackNews } from "./track-news";

/** What stands above the cues: the languages, and what there is to know about them. */
export function TracksHead(props: TrackBarProps) {
  return (
    <>
      <TrackBar {...props} />
      {props.video.role === "owner" ? <TrackNews job={props.job} /> : null}
    </>
  );
}
