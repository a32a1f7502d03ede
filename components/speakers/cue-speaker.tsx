"use client";

import { UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Menu, MenuRadioGroup } from "@/components/ui/menu";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { addSpeaker } from "@/lib/client/use-speakers";
import type { TrackSession } from "@/lib/client/use-track";
import { rootSpeaker } from "@/lib/speakers/names";
import type { Cue } from "@/lib/subtitles/model";
import { SpeakerDot } from "./speaker-dot";
import { speakerStats } from "./speaker-stats";
import { useSpeakersOfVideo } from "./speakers-context";

/** Who speaks a cue, above its text. */
export function CueSpeaker({ speaker }: { speaker: string | undefined }) {
  const all = useSpeakersOfVideo();
  if (!all || speaker === undefined || all.speakers === undefined) return null;
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-ink-muted text-xs">
      <SpeakerDot colour={all.colourOf(speaker)} />
      <span className="truncate">{all.nameOf(speaker)}</span>
    </span>
  );
}

/** Beside the keys, which have no spaces. */
const nobody = "no body";
const somebodyNew = "some body new";

const cuesOf = ({ document }: TrackSession) => document.ids.flatMap((id) => document.cue(id) ?? []);

interface CueSpeakerMenuProps {
  session: TrackSession;
  cue: Cue;
  /** Gives the line, or all that are chosen with it, to somebody; null: to nobody. */
  onChoose: (speaker: string | null) => void;
  className?: string;
}

/** Gives a line to somebody else; all that aren't chosen stay as they are. */
export function CueSpeakerMenu({ className, ...props }: CueSpeakerMenuProps) {
  const t = useTranslations("speakers");
  const all = useSpeakersOfVideo();
  if ((all?.speakers?.length ?? 0) === 0) return null;
  return (
    <Menu
      trigger={
        <IconButton
          size="sm"
          label={t("changeLine")}
          title={t("changeLine")}
          // The list around moves by arrow keys; here they open the menu.
          onKeyDown={(event) => event.stopPropagation()}
          className={cn(className)}
        >
          <UserRound aria-hidden="true" />
        </IconButton>
      }
    >
      {/* Only when it is open: it looks through the whole track. */}
      <Choices {...props} />
    </Menu>
  );
}

function Choices({ session, cue, onChoose }: Omit<CueSpeakerMenuProps, "className">) {
  const t = useTranslations("speakers");
  const errorText = useErrorText();
  const all = useSpeakersOfVideo();
  const speakers = all?.speakers ?? [];
  if (!all) return null;
  const used = new Set(speakerStats(cuesOf(session), speakers).map(({ speaker }) => speaker.key));
  const current = cue.speaker === undefined ? nobody : rootSpeaker(speakers, cue.speaker)?.key;
  const choose = async (value: string) => {
    try {
      const key = value === somebodyNew ? (await addSpeaker(all.videoId)).key : value;
      onChoose(key === nobody ? null : key);
    } catch (error) {
      toast.error(errorText(error instanceof ApiError ? error : new ApiError("internal")));
    }
  };
  return (
    <MenuRadioGroup
      label={t("lineSpeaker")}
      value={current}
      onValueChange={(value) => void choose(value)}
      options={[
        ...speakers
          .filter(({ mergedInto }) => mergedInto === null)
          // Those of an earlier job who say nothing any more would only stand in the way.
          .filter(({ key, name }) => used.has(key) || name !== null)
          .map(({ key }) => ({
            value: key,
            label: all.nameOf(key),
            icon: <SpeakerDot colour={all.colourOf(key)} />,
          })),
        { value: somebodyNew, label: t("newSpeaker") },
        { value: nobody, label: t("nobody") },
      ]}
    />
  );
}
