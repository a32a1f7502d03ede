"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useCallback, useContext, useMemo } from "react";
import type { ApiError } from "@/lib/client/api";
import { useSpeakers } from "@/lib/client/use-speakers";
import { rootSpeaker, speakerNameOf } from "@/lib/speakers/names";
import type { SpeakerView } from "@/lib/speakers/schema";

interface Speakers {
  videoId: string;
  /** Undefined while they are on their way. */
  speakers: readonly SpeakerView[] | undefined;
  error: ApiError | undefined;
  reload: () => void;
  /** What people call the speaker with this key. */
  nameOf: (key: string) => string;
  /** Which colour the speaker has, from 0; -1 for a name that came with a file. */
  colourOf: (key: string) => number;
}

const Context = createContext<Speakers | null>(null);

/** Makes a video's speakers known to the rows of its tracks. */
export function SpeakersProvider({ videoId, children }: { videoId: string; children: ReactNode }) {
  const { speakers, error, reload } = useSpeakers(videoId);
  const t = useTranslations("speakers");
  const nameOf = useCallback(
    (key: string) => speakerNameOf(speakers ?? [], key, (number) => t("numbered", { number })),
    [speakers, t],
  );
  const colourOf = useCallback(
    (key: string) => (rootSpeaker(speakers ?? [], key)?.number ?? 0) - 1,
    [speakers],
  );
  const value = useMemo(
    () => ({ videoId, speakers, error, reload: () => void reload(), nameOf, colourOf }),
    [videoId, speakers, error, reload, nameOf, colourOf],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The speakers of the video around; null where none are told apart. */
export function useSpeakersOfVideo(): Speakers | null {
  return useContext(Context);
}
