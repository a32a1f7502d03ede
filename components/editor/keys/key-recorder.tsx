"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { controlStyle } from "@/components/ui/input";
import type { ChangeSettingsInput } from "@/lib/editor-settings/schema";
import { type Chord, chordNames, chordOf } from "./chord";
import type { CommandId } from "./command-table";
import { isComposed } from "./key-press";
import { useKeyMap } from "./keys-context";
import { messageKey } from "./message-key";
import { clashesOf, givenKeys, keyProblem } from "./remap";

interface KeyRecorderProps {
  id: CommandId;
  onChange: (change: ChangeSettingsInput) => void;
  onClose: () => void;
}

/** Waits for keys, says what stands against them, and gives them to a command. */
export function KeyRecorder({ id, onChange, onClose }: KeyRecorderProps) {
  const t = useTranslations("editor.keys");
  const { own, platform } = useKeyMap();
  const [chord, setChord] = useState<Chord | null>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);

  const problem = chord === null ? undefined : keyProblem(id, chord, platform);
  const give = (wanted: Chord) => {
    onChange(givenKeys(id, wanted, own, platform));
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposed(event.nativeEvent)) return;
    // The Tab key stays the way out.
    if (event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return onClose();
    const pressed = chordOf(event.nativeEvent, platform);
    if (pressed === undefined) return;
    const free =
      keyProblem(id, pressed, platform) === undefined &&
      clashesOf(id, pressed, own, platform).length === 0;
    if (free) give(pressed);
    else setChord(pressed);
  };
  return (
    <div className="mb-1.5 flex flex-wrap items-center gap-2 rounded-base bg-accent-soft px-2.5 py-2 text-sm">
      {/* Read-only, or an input method would take the keys. */}
      <input
        ref={box}
        readOnly
        aria-label={t("press")}
        placeholder={t("press")}
        value={chord === null ? "" : chordNames(chord, platform).join(" + ")}
        onKeyDown={onKeyDown}
        className={cn(controlStyle, "h-8 min-w-48 flex-1 px-2")}
      />
      <span role="status" className="basis-full text-warning empty:hidden">
        {chord === null ? null : <Trouble id={id} chord={chord} />}
      </span>
      {chord !== null && !problem ? (
        <Button size="sm" variant="primary" onClick={() => give(chord)}>
          {t("take")}
        </Button>
      ) : null}
      <Button size="sm" onClick={() => onChange({ keys: { [id]: [] } })}>
        {t("remove")}
      </Button>
      <Button size="sm" variant="quiet" onClick={onClose}>
        {t("cancel")}
      </Button>
    </div>
  );
}

/** What stands against giving these keys to a command. */
function Trouble({ id, chord }: { id: CommandId; chord: Chord }) {
  const t = useTranslations("editor.keys");
  const names = useTranslations("editor.commands");
  const { own, platform } = useKeyMap();
  const problem = keyProblem(id, chord, platform);
  if (problem) return t(problem);
  const clashes = clashesOf(id, chord, own, platform);
  if (clashes.length === 0) return null;
  return t("taken", { names: clashes.map((other) => names(messageKey(other))).join(", ") });
}
