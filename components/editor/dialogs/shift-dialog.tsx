"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { moveCues } from "@/lib/subtitles/operations/editing";
import { parseClock } from "@/lib/subtitles/time";
import { useEdits } from "../actions/use-edits";
import { useEditor } from "../editor-context";
import { type ShiftScope, scopeIds, scopesOf } from "./scope";
import { ScopeChoice, TimesDialog } from "./times-dialog";

/** Moves cues by a time that is typed: all, those chosen, or those from here on. */
export function ShiftDialog({ onClose }: { onClose: () => void }) {
  const { selection } = useEditor();
  const t = useTranslations("editor.shift");
  const scopes = scopesOf(selection.get());
  const [scope, setScope] = useState<ShiftScope>(scopes[0] ?? "all");
  const [direction, setDirection] = useState<"later" | "earlier">("later");
  const [typed, setTyped] = useState("0:00.500");
  const [tried, setTried] = useState(false);
  const shift = useShift(scope);
  const ms = parseClock(typed) ?? 0;
  const submit = () => {
    setTried(true);
    if (ms > 0 && shift(direction === "later" ? ms : -ms)) onClose();
  };
  return (
    <TimesDialog
      title={t("title")}
      description={t("description")}
      submitLabel={t("submit")}
      onSubmit={submit}
      onClose={onClose}
    >
      <ScopeChoice scopes={scopes} scope={scope} onScope={setScope} name="shift-scope" />
      <Segmented
        label={t("direction")}
        name="shift-direction"
        value={direction}
        onValueChange={setDirection}
        segments={[
          { value: "later", label: t("later") },
          { value: "earlier", label: t("earlier") },
        ]}
      />
      <Field
        id="shift-by"
        label={t("by")}
        hint={t("byHint")}
        error={tried && ms === 0 ? t("wrong") : undefined}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </TimesDialog>
  );
}

/** Moves the cues of a scope by so many ms; false when that can't be. */
function useShift(scope: ShiftScope): (deltaMs: number) => boolean {
  const { session, selection, video } = useEditor();
  const done = useTranslations("editor.done");
  const edits = useEdits();
  return (deltaMs) => {
    const ids = scopeIds(scope, selection.get(), session.document.ids);
    const bounds = video.durationMs === null ? {} : { durationMs: video.durationMs };
    return edits.make(
      (now) => moveCues(now.session.document.cues(), new Set(ids), deltaMs, bounds),
      { said: done("shifted", { count: ids.length }) },
    );
  };
}
