"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { moveCues, roomToMove } from "@/lib/subtitles/operations/editing";
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
  const amount = useRef<HTMLInputElement>(null);
  const { choice, choose, problem, shift } = useShift(scopes[0] ?? "all");
  const submit = () => {
    if (shift()) onClose();
    else amount.current?.focus();
  };
  return (
    <TimesDialog
      title={t("title")}
      description={t("description")}
      submitLabel={t("submit")}
      onSubmit={submit}
      onClose={onClose}
      initialFocus={amount}
    >
      <ScopeChoice
        scopes={scopes}
        scope={choice.scope}
        onScope={(scope) => choose({ scope })}
        name="shift-scope"
      />
      <Segmented
        label={t("direction")}
        name="shift-direction"
        value={choice.direction}
        onValueChange={(direction) => choose({ direction })}
        segments={[
          { value: "later", label: t("later") },
          { value: "earlier", label: t("earlier") },
        ]}
      />
      <Field id="shift-by" label={t("by")} hint={t("byHint")} error={problem}>
        {(control) => (
          <Input
            {...control}
            ref={amount}
            inputMode="decimal"
            autoComplete="off"
            value={choice.typed}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => choose({ typed: event.target.value })}
          />
        )}
      </Field>
    </TimesDialog>
  );
}

interface Choice {
  scope: ShiftScope;
  direction: "later" | "earlier";
  typed: string;
}

/** What is chosen, and the shift itself: all the way, or not at all and `problem` says why. */
function useShift(scope: ShiftScope) {
  const { session, selection, video } = useEditor();
  const t = useTranslations("editor.shift");
  const done = useTranslations("editor.done");
  const edits = useEdits();
  const [choice, setChoice] = useState<Choice>({ scope, direction: "later", typed: "0:00.500" });
  const [problem, setProblem] = useState<string>();

  const choose = (change: Partial<Choice>) => {
    setChoice({ ...choice, ...change });
    setProblem(undefined);
  };
  const shift = (): boolean => {
    const { direction } = choice;
    const ms = parseClock(choice.typed) ?? 0;
    const ids = new Set(scopeIds(choice.scope, selection.get(), session.document.ids));
    const bounds = video.durationMs === null ? {} : { durationMs: video.durationMs };
    const roomMs = roomToMove(session.document.cues(), ids, direction, bounds);
    const short = ids.size > 0 && roomMs < ms;
    if (ms === 0) setProblem(t("wrong"));
    else if (short && roomMs === 0) setProblem(t(`noRoom.${direction}`));
    else if (short) setProblem(t(`room.${direction}`, { seconds: secondsText(roomMs) }));
    if (ms === 0 || short) return false;
    return edits.make(
      (now) => moveCues(now.session.document.cues(), ids, direction === "later" ? ms : -ms, bounds),
      { said: done("shifted", { count: ids.size }) },
    );
  };
  return { choice, choose, problem, shift };
}

/** Seconds as they are typed, exact to the ms, with one decimal at least. */
const secondsText = (ms: number): string => (ms / 1000).toFixed(3).replace(/0{1,2}$/, "");
