"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from "react";
import { MoreHelp } from "@/components/tour/more-help";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useErrorText } from "@/components/ui/request-error";
import { SearchField } from "@/components/ui/search-field";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { changeEditorSettings } from "@/lib/client/use-editor-settings";
import type { ChangeSettingsInput } from "@/lib/editor-settings/schema";
import { type Chord, chordNames } from "./chord";
import { ChordKeys } from "./command-keys";
import { type CommandId, commandGroups, commandIds, commandSpec, keysOf } from "./command-table";
import { KeyRecorder } from "./key-recorder";
import { useKeyMap } from "./keys-context";
import { messageKey } from "./message-key";

interface KeysDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The sheet of all keys: found by name or key, each to be set otherwise. */
export function KeysDialog({ open, onOpenChange }: KeysDialogProps) {
  const t = useTranslations("editor.keys");
  const common = useTranslations("common");
  const search = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      initialFocus={search}
      className="sm:max-w-3xl"
      footer={<MoreHelp onTour={() => onOpenChange(false)} />}
    >
      {open ? <Sheet field={search} /> : null}
    </Dialog>
  );
}

/** Stores changed keys, and says so when that fails. */
function useChange() {
  const errorText = useErrorText();
  return (change: ChangeSettingsInput) => {
    changeEditorSettings(change).catch((error: unknown) =>
      toast.error(errorText(error instanceof ApiError ? error : new ApiError("internal"))),
    );
  };
}

function Sheet({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const t = useTranslations("editor.keys");
  const names = useTranslations("editor.commands");
  const groups = useTranslations("editor.groups");
  const map = useKeyMap();
  const change = useChange();
  const [search, setSearch] = useState("");
  const [recording, setRecording] = useState<CommandId | null>(null);
  const wanted = search.trim().toLowerCase();
  const isWanted = (id: CommandId) => {
    const keys = keysOf(id, map.own, map.platform).map((chord) =>
      chordNames(chord, map.platform).join("+").toLowerCase(),
    );
    const name = names(messageKey(id)).toLowerCase();
    return name.includes(wanted) || keys.some((key) => key.includes(wanted));
  };
  const shown = commandIds.filter(isWanted);
  return (
    <div className="flex flex-col gap-4 pt-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          field={field}
          label={t("search")}
          value={search}
          onSearch={setSearch}
          maxLength={60}
        />
        <Button
          disabled={Object.keys(map.own).length === 0}
          onClick={() => change({ resetKeys: true })}
        >
          <RotateCcw aria-hidden="true" />
          {t("resetAll")}
        </Button>
      </div>
      {shown.length === 0 ? <p className="py-6 text-center text-ink-muted">{t("none")}</p> : null}
      <div className="gap-x-8 sm:columns-2">
        {commandGroups.map((group) => {
          const ids = shown.filter((id) => commandSpec(id).group === group);
          return ids.length === 0 ? null : (
            <Group key={group} name={groups(group)}>
              {ids.map((id) => (
                <CommandLine
                  key={id}
                  id={id}
                  recording={recording === id}
                  onRecord={(on) => setRecording(on ? id : null)}
                  onChange={change}
                />
              ))}
            </Group>
          );
        })}
        {wanted === "" ? <FixedKeys /> : null}
      </div>
    </div>
  );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1 font-medium text-ink-muted text-sm">{name}</h3>
      <ul className="flex flex-col">{children}</ul>
    </section>
  );
}

interface CommandLineProps {
  id: CommandId;
  recording: boolean;
  onRecord: (on: boolean) => void;
  onChange: (change: ChangeSettingsInput) => void;
}

function CommandLine({ id, recording, onRecord, onChange }: CommandLineProps) {
  const t = useTranslations("editor.keys");
  const name = useTranslations("editor.commands")(messageKey(id));
  const { own, platform } = useKeyMap();
  const keys = keysOf(id, own, platform);
  const button = useRef<HTMLButtonElement>(null);
  const onRecorded = () => {
    onRecord(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The key that was just recorded, still held down.
    if (event.repeat) return event.preventDefault();
    if (event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    onChange({ keys: { [id]: [] } });
  };
  return (
    <li className="border-b py-0.5 last:border-b-0">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <span className="min-w-0">{name}</span>
        <span className="flex shrink-0 items-center gap-1">
          {own[id] === undefined ? null : (
            <button
              type="button"
              onClick={() => onChange({ keys: { [id]: null } })}
              className="rounded-base px-1 text-ink-muted text-xs underline underline-offset-4"
            >
              {t("reset")}
              <span className="sr-only"> {name}</span>
            </button>
          )}
          <button
            ref={button}
            type="button"
            aria-label={t("changeOf", { name })}
            title={t("change")}
            aria-expanded={recording}
            onClick={() => onRecord(!recording)}
            onKeyDown={onKeyDown}
            className="flex min-h-7 min-w-10 items-center justify-end gap-2 rounded-base px-1 hover:bg-hover"
          >
            {keys.length === 0 ? (
              <span className="text-ink-faint text-sm">{t("noKeys")}</span>
            ) : (
              keys.map((chord) => <ChordKeys key={chord} chord={chord} />)
            )}
          </button>
        </span>
      </div>
      {recording ? <KeyRecorder id={id} onChange={onChange} onClose={onRecorded} /> : null}
    </li>
  );
}

const fixed: readonly {
  name: "finish" | "newline" | "neighbour" | "select" | "extend";
  keys: Chord[];
}[] = [
  { name: "finish", keys: ["Enter"] },
  { name: "newline", keys: ["Shift+Enter"] },
  { name: "neighbour", keys: ["ArrowUp", "ArrowDown"] },
  { name: "select", keys: ["ArrowUp", "ArrowDown"] },
  { name: "extend", keys: ["Shift+ArrowUp", "Shift+ArrowDown"] },
];

/** What fields and lists do by themselves. */
function FixedKeys() {
  const t = useTranslations("editor.keys");
  return (
    <Group name={t("fixedTitle")}>
      {fixed.map(({ name, keys }) => (
        <li
          key={name}
          className="flex min-h-8 items-center justify-between gap-3 border-b py-0.5 last:border-b-0"
        >
          <span>{t(`fixed.${name}`)}</span>
          <span className="flex items-center gap-2 px-1">
            {keys.map((chord) => (
              <ChordKeys key={chord} chord={chord} />
            ))}
          </span>
        </li>
      ))}
    </Group>
  );
}
