"use client";

import { Captions, CircleDashed, CircleSlash, TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Spinner } from "@/components/ui/spinner";
import { languageName } from "@/lib/speech/schema";
import type { VideoView } from "@/lib/videos/schema";
import { videoState } from "./video-state";

const looks = {
  uploading: { tone: "accent", icon: Spinner },
  preparing: { tone: "neutral", icon: Spinner },
  unusable: { tone: "danger", icon: TriangleAlert },
  running: { tone: "accent", icon: Spinner },
  ready: { tone: "success", icon: Captions },
  failed: { tone: "danger", icon: TriangleAlert },
  cancelled: { tone: "neutral", icon: CircleSlash },
  bare: { tone: "neutral", icon: CircleDashed },
} as const;

/** Where a video stands, in a word with its sign. */
export function VideoStatusBadge({ video }: { video: VideoView }) {
  const t = useTranslations("studio.videos.state");
  const locale = useLocale();
  const state = videoState(video);
  const { tone, icon: Icon } = looks[state];
  const languages = video.tracks.map((track) => languageName(track.language, locale));
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {state === "ready" && languages.length > 0 ? languages.join(", ") : t(state)}
    </Badge>
  );
}
