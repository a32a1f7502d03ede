"use client";

import { Split } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { newId } from "@/lib/ids";
import { type Cue, type Word, writesSpaces } from "@/lib/subtitles/model";
import { splitCue } from "@/lib/subtitles/operations/editing";
import { makingOf, useEdits } from "../actions/use-edits";
import { useEditor } from "../editor-context";

/** Below this the engine wasn't sure, 0..1. */
const unsureBelow = 0.5;

/** What the engine heard, word by word: press one to hear it, or split the cue before it. */
export function CueWords({ cue }: { cue: Cue }) {
  const { language, player, readOnly, dispatch } = useEditor();
  const t = useTranslations("editor.cue");
  const done = useTranslations("editor.done");
  const edits = useEdits();
  const [chosen, setChosen] = useState<{ cueId: string; index: number } | null>(null);
  const words = cue.words ?? [];
  if (words.length === 0) return null;
  const index = chosen?.cueId === cue.id ? chosen.index : 0;
  const split = () => {
    const id = newId();
    const made = edits.make(
      (now) => splitCue({ ...makingOf(now), cue, at: { word: index }, makeId: () => id }),
      { said: done("split") },
    );
    if (made) dispatch({ kind: "select", cueId: id, focus: false });
  };
  return (
    <section className="flex flex-col gap-1.5 border-t pt-3">
      <h3 className="font-medium text-sm">{t("words")}</h3>
      <p className="text-ink-muted text-xs">{t("wordsHint")}</p>
      <p
        lang={cue.language ?? language}
        className={cn("flex flex-wrap gap-y-1", writesSpaces(language) ? "gap-x-1" : "gap-x-0.5")}
      >
        {words.map((word, place) => (
          <WordButton
            // biome-ignore lint/suspicious/noArrayIndexKey: words have no name but their place
            key={place}
            word={word}
            chosen={place === index && place > 0}
            onPress={() => {
              setChosen({ cueId: cue.id, index: place });
              player.seek(word.startMs);
            }}
          />
        ))}
      </p>
      {readOnly || index === 0 ? null : (
        <Button size="sm" onClick={split} className="self-start">
          <Split aria-hidden="true" />
          {t("splitHere")}
        </Button>
      )}
    </section>
  );
}

interface WordButtonProps {
  word: Word;
  chosen: boolean;
  onPress: () => void;
}

function WordButton({ word, chosen, onPress }: WordButtonProps) {
  const t = useTranslations("editor.cue");
  const { confidence, doubts } = word;
  const unsure = (confidence !== undefined && confidence < unsureBelow) || doubts !== undefined;
  const named =
    confidence === undefined
      ? undefined
      : t("confidence", { word: word.text, percent: Math.round(confidence * 100) });
  return (
    <button
      type="button"
      aria-label={named}
      title={named}
      aria-pressed={chosen}
      onClick={onPress}
      className={cn(
        "min-h-6 min-w-6 rounded-base px-1 hover:bg-hover",
        unsure && "underline decoration-warning decoration-wavy underline-offset-4",
        chosen && "bg-accent-soft",
      )}
    >
      {word.text}
    </button>
  );
}
