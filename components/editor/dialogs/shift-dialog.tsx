"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { moveCues } from "@/lib/subtitles/operations/editing";
import { parseClock } from "@/lib/subtitles/time";
import { useEdits } from "../actions/use-edits";
import { useEditor } from "../editor-context";
import { CarrySwitch } from "./carry-switch";
import { type ShiftScope, scopeIds, scopesOf } from "./scope";

/** Moves cues by a time that is typed: all, those chosen, or those from here on. */
export function ShiftDialog({ onClose }: { onClose: () => void }) {
  const { session, selection, video } = useEditor();
  const t = useTranslations("editor.shift");
  const done = useTranslations("editor.done");
  const common = useTranslations("common");
  const edits = useEdits();
  const scopes = scopesOf(selection.get());
  const [scope, setScope] = useState<ShiftScope>(scopes[0] ?? "all");
  const [direction, setDirection] = useState<"later" | "earlier">("later");
  const [typed, setTyped] = useState("0:00.500");
  const [tried, setTried] = useState(false);
  const ms = parseClock(typed);
  const wrong = ms === undefined || ms === 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (ms === undefined || ms === 0) return;
    const ids = scopeIds(scope, selection.get(), session.document.ids);
    const { durationMs } = video;
    const made = edits.make(
      (now) =>
        moveCues(now.session.document.cues(), new Set(ids), direction === "later" ? ms : -ms, {
          ...(durationMs !== null && { durationMs }),
        }),
      { said: done("shifted", { count: ids.length }) },
    );
    if (made) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form="shift-times" variant="primary">
            {t("submit")}
          </Button>
        </>
      }
    >
      <form id="shift-times" onSubmit={submit} className="flex flex-col gap-4 pt-2">
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
          error={tried && wrong ? t("wrong") : undefined}
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
        <CarrySwitch />
      </form>
    </Dialog>
  );
}

interface ScopeChoiceProps {
  scopes: readonly ShiftScope[];
  scope: ShiftScope;
  onScope: (scope: ShiftScope) => void;
  name: string;
}

/** Which cues a dialog is about. */
export function ScopeChoice({ scopes, scope, onScope, name }: ScopeChoiceProps) {
  const { session, selection } = useEditor();
  const t = useTranslations("editor.scope");
  const { ids } = session.document;
  return (
    <div className="flex flex-col gap-1.5">
      <Segmented
        label={t("label")}
        name={name}
        value={scope}
        onValueChange={onScope}
        segments={scopes.map((value) => ({ value, label: t(value) }))}
      />
      <p className="text-ink-muted text-sm">
        {t("count", { count: scopeIds(scope, selection.get(), ids).length })}
      </p>
    </div>
  );
}
