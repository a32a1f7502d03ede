"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { ariaChord, type Chord, chordNames } from "./chord";
import { type CommandId, keysOf } from "./command-table";
import { useKeyMap } from "./keys-context";

/** One combination, a key cap a key. */
export function ChordKeys({ chord, className }: { chord: Chord; className?: string }) {
  const { platform } = useKeyMap();
  const t = useTranslations("editor.keyNames");
  return (
    <span className="flex shrink-0 items-center gap-0.5">
      {chordNames(chord, platform).map((name) => (
        <Kbd key={name} className={cn(className)}>
          {name === "Space" ? t("space") : name}
        </Kbd>
      ))}
    </span>
  );
}

interface CommandKeysProps {
  id: CommandId;
  /** Of each key cap. */
  className?: string;
}

/** The first keys of a command; nothing when it has none. */
export function CommandKeys({ id, className }: CommandKeysProps) {
  const { platform, own } = useKeyMap();
  const [chord] = keysOf(id, own, platform);
  if (chord === undefined) return null;
  return <ChordKeys chord={chord} {...(className && { className })} />;
}

/** For `aria-keyshortcuts`; undefined when the command has no keys. */
export function useAriaKeys(id: CommandId): string | undefined {
  const { platform, own } = useKeyMap();
  const keys = keysOf(id, own, platform).map((chord) => ariaChord(chord, platform));
  return keys.length === 0 ? undefined : keys.join(" ");
}
