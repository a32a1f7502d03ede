"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type AccountView, updateProfileInput } from "@/lib/accounts/schema";
import { updateAccount } from "@/lib/client/use-account";
import { SaveNote } from "./save-note";
import { useSaving } from "./use-saving";

/** The name, saved where it stands. */
export function NameForm({ account }: { account: AccountView }) {
  const t = useTranslations("settings");
  const { state, save, reset } = useSaving();
  /** What is typed and not saved yet; null follows the account. */
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const changed = draft !== null && draft.trim() !== account.name;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!changed || state.status === "saving") return;
    const parsed = updateProfileInput.safeParse({ name: draft });
    setWrong(!parsed.success);
    if (!parsed.success) return;
    if (await save(() => updateAccount(parsed.data))) setDraft(null);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="px-4 py-4">
      <Field
        id="settings-name"
        label={t("profile.name")}
        aside={<SaveNote state={state} />}
        error={wrong ? t("profile.nameWrong") : undefined}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              value={draft ?? account.name}
              onChange={(event) => {
                setDraft(event.target.value);
                setWrong(false);
                reset();
              }}
              autoComplete="name"
              maxLength={80}
            />
            <Button type="submit" pending={state.status === "saving"} disabled={!changed}>
              {t("save")}
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}
