"use client";

import { CirclePlay, CircleStop, Merge, Pencil, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Menu, MenuGroup, MenuItem } from "@/components/ui/menu";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { changeSpeaker } from "@/lib/client/use-speakers";
import { maxSpeakerName } from "@/lib/speakers/limits";
import type { UpdateSpeakerInput } from "@/lib/speakers/schema";
import { SpeakerDot } from "./speaker-dot";
import type { SpeakerStats } from "./speaker-stats";
import { useSpeakersOfVideo } from "./speakers-context";
import type { Sample } from "./use-sample";

interface SpeakerRowProps {
  stats: SpeakerStats;
  /** Everybody, this one too. */
  others: readonly SpeakerStats[];
  sample: Sample;
}

/** One speaker: how much, how it sounds, what it is called, and whether it is somebody else. */
export function SpeakerRow({ stats, others, sample }: SpeakerRowProps) {
  const t = useTranslations("speakers");
  const all = useSpeakersOfVideo();
  const [naming, setNaming] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const change = useChange();
  if (!all) return null;
  const { speaker, lines, share, merged } = stats;
  const name = all.nameOf(speaker.key);
  const heard = sample.playing === speaker.key;
  return (
    <li className="flex flex-col border-b py-1.5 pl-1 last:border-b-0">
      <div className="flex min-h-9 items-center gap-2">
        <SpeakerDot colour={all.colourOf(speaker.key)} className="size-2.5" />
        {naming ? (
          <NameField
            stats={stats}
            onClose={() => {
              setNaming(false);
              requestAnimationFrame(() => pencil.current?.focus());
            }}
          />
        ) : (
          <>
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium" title={name}>
                {name}
              </p>
              <p className="text-ink-muted text-sm tabular-nums">
                {t("stats", { count: lines, percent: Math.round(share * 100) })}
              </p>
            </div>
            <IconButton
              size="sm"
              label={heard ? t("stop", { name }) : t("listen", { name })}
              title={heard ? t("stop", { name }) : t("listen", { name })}
              onClick={() => (heard ? sample.stop() : sample.play(speaker.key, stats.sample))}
            >
              {heard ? <CircleStop aria-hidden="true" /> : <CirclePlay aria-hidden="true" />}
            </IconButton>
            <IconButton
              ref={pencil}
              size="sm"
              label={t("rename", { name })}
              title={t("rename", { name })}
              onClick={() => setNaming(true)}
            >
              <Pencil aria-hidden="true" />
            </IconButton>
            <MergeMenu stats={stats} others={others} />
          </>
        )}
      </div>
      {merged.map(({ key, name: own, number }) => (
        <p key={key} className="flex items-center gap-2 pl-4.5 text-ink-muted text-sm">
          <span className="min-w-0 truncate">
            {t("mergedIn", { name: own ?? t("numbered", { number }) })}
          </span>
          <Button size="sm" variant="quiet" onClick={() => void change(key, { mergeInto: null })}>
            <Undo2 aria-hidden="true" />
            {t("unmerge")}
          </Button>
        </p>
      ))}
    </li>
  );
}

/** Changes a speaker and says what went wrong; false when it did. */
function useChange(): (key: string, change: UpdateSpeakerInput) => Promise<boolean> {
  const all = useSpeakersOfVideo();
  const errorText = useErrorText();
  return async (key, change) => {
    try {
      await changeSpeaker(all?.videoId ?? "", key, change);
      return true;
    } catch (error) {
      toast.error(errorText(error instanceof ApiError ? error : new ApiError("internal")));
      return false;
    }
  };
}

function MergeMenu({ stats, others }: Pick<SpeakerRowProps, "stats" | "others">) {
  const t = useTranslations("speakers");
  const all = useSpeakersOfVideo();
  const change = useChange();
  const { key } = stats.speaker;
  const targets = others.filter((other) => other.speaker.key !== key);
  if (!all || targets.length === 0) return null;
  const name = all.nameOf(key);
  const merge = async (into: string) => {
    const target = all.nameOf(into);
    if (!(await change(key, { mergeInto: into }))) return;
    toast.success(t("mergedToast", { name, target }), {
      action: { label: t("undo"), onClick: () => void change(key, { mergeInto: null }) },
    });
  };
  return (
    <Menu
      trigger={
        <IconButton size="sm" label={t("merge", { name })} title={t("mergeWith")}>
          <Merge aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuGroup label={t("mergeWith")}>
        {targets.map(({ speaker }) => (
          <MenuItem key={speaker.key} onClick={() => void merge(speaker.key)}>
            <SpeakerDot colour={all.colourOf(speaker.key)} />
            {all.nameOf(speaker.key)}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}

function NameField({ stats, onClose }: { stats: SpeakerStats; onClose: () => void }) {
  const t = useTranslations("speakers");
  const errorText = useErrorText();
  const all = useSpeakersOfVideo();
  const { key, name, number } = stats.speaker;
  // The name as it was when writing began: another one by now was given elsewhere.
  const [was, setWas] = useState(name);
  const [text, setText] = useState(name ?? "");
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    const wanted = text.trim() === "" ? null : text.trim();
    if (wanted === was) return onClose();
    setPending(true);
    try {
      await changeSpeaker(all?.videoId ?? "", key, { name: wanted, was });
      onClose();
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError("internal");
      const theirs = failure.code === "edit_conflict" ? namedElsewhere(failure) : undefined;
      if (theirs === undefined) setProblem(errorText(failure));
      else {
        setWas(theirs);
        setProblem(t("conflict", { name: theirs ?? t("numbered", { number }) }));
      }
      setPending(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      void save();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <div className="flex items-center gap-1.5">
        <Input
          autoFocus
          value={text}
          maxLength={maxSpeakerName}
          aria-label={t("nameLabel", { name: t("numbered", { number }) })}
          aria-invalid={problem !== null || undefined}
          placeholder={t("numbered", { number })}
          onChange={(event) => setText(event.target.value)}
          onFocus={(event) => event.target.select()}
          onKeyDown={onKeyDown}
          className="h-8"
        />
        <Button size="sm" variant="accent" pending={pending} onClick={() => void save()}>
          {t("save")}
        </Button>
        <Button size="sm" variant="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
      {problem ? (
        <p role="alert" className="text-danger text-sm">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

/** The name that somebody else gave meanwhile; undefined when the answer doesn't say. */
function namedElsewhere({ data }: ApiError): string | null | undefined {
  if (typeof data !== "object" || data === null || !("theirs" in data)) return undefined;
  const { theirs } = data;
  return typeof theirs === "string" || theirs === null ? theirs : undefined;
}
