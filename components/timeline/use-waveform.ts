"use client";

import { useEffect, useState } from "react";
import { awaitsWaveform } from "@/lib/client/use-videos";
import type { VideoView } from "@/lib/videos/schema";
import type { TimelineController } from "./controller";
import { WaveformSource, type WaveformState } from "./waveform-source";

/** `pending`: it is being made on the server. */
export type WaveformNews = WaveformState | "pending";

/** Gives a timeline the sound of its video, and says how far it is. */
export function useWaveform(timeline: TimelineController, video: VideoView): WaveformNews {
  const { id, peaksUrl, status } = video;
  const [state, setState] = useState<WaveformState>("loading");
  const soundUrl = `/api/v1/videos/${encodeURIComponent(id)}/sound`;
  useEffect(() => {
    if (peaksUrl === null) return;
    const source = new WaveformSource({
      peaksUrl,
      soundUrl,
      onChange: () => {
        setState(source.state);
        timeline.invalidate();
      },
    });
    timeline.setWaveform(source);
    return () => {
      timeline.setWaveform(null);
      source.close();
      setState("loading");
    };
  }, [timeline, peaksUrl, soundUrl]);
  if (peaksUrl !== null) return state;
  return status === "preparing" || awaitsWaveform(video, Date.now()) ? "pending" : "absent";
}
