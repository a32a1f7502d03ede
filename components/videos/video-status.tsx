"use client";

import {
  AudioLines,
  Captions,
  CircleDashed,
  CircleSlash,
  FileX,
  TriangleAlert,
} from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Spinner } from "@/components/ui/spinner";
import { languageName } from "@/lib/speech/languages";
import type { VideoView } from "@/lib/videos/schema";
import { videoState } from "./video-state";

/** BCP 47 for "undetermined": the track of a video in which nobody speaks. */
const unknownLanguage = "und";

const looks = {
  uploading: { tone: "accent", icon: Spinner },
  preparing: { tone: "neutral", icon: Spinner },
  unusable: { tone: "danger", icon: TriangleAlert },
  running: { tone: "accent", icon: Spinner },
  ready: { tone: "success", icon: Captions },
  failed: { tone: "danger", icon: TriangleAlert },
  cancelled: { tone: "neutral", icon: CircleSlash },
  bare: { tone: "neutral", icon: CircleDashed },
  fileless: { tone: "neutral", icon: FileX },
  silent: { tone: "neutral", icon: AudioLines },
} as const;

/** Where a video stands, in a word with its sign. */
export function VideoStatusBadge({ video }: { video: VideoView }) {
  const t = useTranslations("studio.videos.state");
  const locale = useLocale();
  const state = videoState(video);
  const heard = video.tracks.filter((track) => track.language !== unknownLanguage);
  const silent = state === "ready" && video.tracks.length > 0 && heard.length === 0;
  const { tone, icon: Icon } = looks[silent ? "silent" : state];
  const languages = heard.map((track) => languageName(track.language, locale));
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {state === "ready" && languages.length > 0
        ? languages.join(", ")
        : t(silent ? "silent" : state)}
    </Badge>
  );
}
