"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { nameVersion, renameVersion } from "@/lib/client/use-versions";
import { maxVersionName } from "@/lib/tracks/schema";
import { useUnsent } from "./use-present";

interface NameDialogProps {
  /** The version to rename; left out: the present is kept as one. */
  version?: { number: number; name: string };
  onClose: () => void;
}

/** Gives a version a name: the present, or one that is there. */
export function NameDialog({ version, onClose }: NameDialogProps) {
  const { session } = useEditor();
  const t = useTranslations("versions");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(version?.name ?? "");
  const [wrong, setWrong] = useState<string>();
  const [pending, setPending] = useState(false);
  // The present on the server isn't what is on the screen while edits are on their way.
  const waiting = useUnsent(session) > 0 && !version;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const name = typed.trim();
    if (pending || waiting) return;
    if (name === "") {
      setWrong(t("name.missing"));
      field.current?.focus();
      return;
    }
    setPending(true);
    try {
      if (version) await renameVersion(session.trackId, version.number, name);
      else await nameVersion(session.trackId, name);
      toast.success(version ? t("name.renamed") : t("name.saved", { name }));
      onClose();
    } catch (error) {
      setWrong(errorText(error instanceof ApiError ? error : new ApiError("internal")));
      setPending(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={version ? t("name.title") : t("name.add")}
      closeLabel={common("close")}
      initialFocus={field}
    >
      <form onSubmit={save} noValidate className="flex flex-col gap-4 pt-1">
        <Field
          id="version-name"
          label={t("name.label")}
          error={wrong}
          hint={waiting ? t("unsent") : undefined}
        >
          {(control) => (
            <Input
              {...control}
              ref={field}
              value={typed}
              placeholder={t("name.placeholder")}
              maxLength={maxVersionName}
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
          <Button type="submit" variant="primary" pending={pending} disabled={waiting}>
            {t("name.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
