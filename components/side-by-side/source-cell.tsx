"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useSyncExternalStore } from "react";
import { cn } from "@/components/ui/cn";
import type { TrackSession } from "@/lib/client/use-track";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { pairOf } from "./pairs";
import { useSideBySide } from "./side-by-side-context";

const never = () => () => {};

/** The cue of another language beside a cue, as it is now. */
export function usePair(cue: Cue, other: TrackSession | null): Cue | undefined {
  const document = other?.document;
  const subscribe = useCallback(
    (listener: () => void) => document?.subscribeTexts(listener) ?? never(),
    [document],
  );
  return useSyncExternalStore(
    subscribe,
    () => document && pairOf(cue, document),
    () => undefined,
  );
}

/** Puts the second language beside what a row has to say, or above it where there is no room. */
export function WithSource({
  cue,
  as: Tag = "span",
  children,
}: {
  cue: Cue;
  /** Inside a button only phrases may stand, around a field only blocks. */
  as?: "span" | "div";
  children: ReactNode;
}) {
  const { beside } = useSideBySide();
  // The same elements with and without it: a text that is being written must not be made anew. A
  // container is laid out before its content gets its style, which rows without need not pay for.
  return (
    <Tag className={cn("flex min-w-0 flex-1", beside && "@container")}>
      <Tag className="flex min-w-0 flex-1 flex-col gap-x-3 gap-y-0.5 @md:flex-row">
        {beside ? <SourceCell cue={cue} other={beside} /> : null}
        {children}
      </Tag>
    </Tag>
  );
}

/** What is said in the other language; it isn't edited here. */
function SourceCell({ cue, other }: { cue: Cue; other: TrackSession }) {
  const t = useTranslations("sidebyside");
  const pair = usePair(cue, other);
  const text = pair && plainText(pair.text).trim();
  return (
    <span className="min-w-0 flex-1 text-ink-muted leading-5 @max-md:text-sm">
      <span className="sr-only">{t("source")}: </span>
      <span
        lang={pair?.language ?? other.language}
        className={cn("whitespace-pre-line", !text && "text-ink-faint")}
      >
        {text || t("none")}
      </span>
    </span>
  );
}
