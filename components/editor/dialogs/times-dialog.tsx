"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useId } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Segmented } from "@/components/ui/segmented";
import { useEditor } from "../editor-context";
import { CarrySwitch } from "./carry-switch";
import { type ShiftScope, scopeIds } from "./scope";

interface TimesDialogProps {
  title: string;
  description: string;
  submitLabel: string;
  onSubmit: () => void;
  onClose: () => void;
  /** What has the focus first: what is most likely to be typed. */
  initialFocus: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** Asks how the times of many cues are to change. */
export function TimesDialog(props: TimesDialogProps) {
  const { title, description, submitLabel, onSubmit, onClose, initialFocus, children } = props;
  const common = useTranslations("common");
  const formId = useId();
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={title}
      description={description}
      closeLabel={common("close")}
      initialFocus={initialFocus}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary">
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
        className="flex flex-col gap-4 pt-2"
      >
        {children}
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
