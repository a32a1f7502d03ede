"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

interface NameDialogProps {
  title: string;
  label: string;
  /** The name there is. */
  name?: string | undefined;
  placeholder?: string;
  maxLength: number;
  saveLabel: string;
  /** What is said of an empty name. */
  missing: string;
  /** Why it can't be done just now. */
  waiting?: string | undefined;
  /** Stores the name; rejects when that didn't work. */
  onSave: (name: string) => Promise<void>;
  /** What is said then. */
  problemOf: (error: unknown) => string;
  onClose: () => void;
}

/** Asks for a name, and closes once it is stored. */
export function NameDialog({ name = "", waiting, ...props }: NameDialogProps) {
  const { title, label, placeholder, maxLength, missing, onSave, onClose } = props;
  const common = useTranslations("common");
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(name);
  const [wrong, setWrong] = useState<string>();
  const [pending, setPending] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (pending || waiting !== undefined) return;
    if (typed.trim() === "") {
      setWrong(missing);
      field.current?.focus();
      return;
    }
    setPending(true);
    try {
      await onSave(typed.trim());
      onClose();
    } catch (error) {
      setWrong(props.problemOf(error));
      setPending(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={title}
      closeLabel={common("close")}
      initialFocus={field}
    >
      <form onSubmit={save} noValidate className="flex flex-col gap-4 pt-1">
        <Field id="name-to-give" label={label} error={wrong} hint={waiting}>
          {(control) => (
            <Input
              {...control}
              ref={field}
              value={typed}
              placeholder={placeholder}
              maxLength={maxLength}
              autoComplete="off"
              onChange={(event) => {
                setTyped(event.target.value);
                setWrong(undefined);
              }}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            type="submit"
            variant="primary"
            pending={pending}
            disabled={waiting !== undefined}
          >
            {props.saveLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
