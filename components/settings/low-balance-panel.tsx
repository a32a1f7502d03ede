"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel, PanelHeader } from "@/components/ui/panel";
import { type AccountView, updateProfileInput } from "@/lib/accounts/schema";
import { updateAccount } from "@/lib/client/use-account";
import { SaveNote } from "./save-note";
import { useSaving } from "./use-saving";

/** How few credits are worth a word; saved where it stands. */
export function LowBalancePanel({ account }: { account: AccountView }) {
  const t = useTranslations("settings.credits");
  const common = useTranslations("settings");
  const { state, save, reset } = useSaving();
  /** What is typed and not saved yet; null follows the account. */
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const level = account.notifications.lowBalance;
  const changed = draft !== null && draft.trim() !== String(level);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!changed || state.status === "saving") return;
    const lowBalance = /^\d+$/.test(draft.trim()) ? Number(draft) : Number.NaN;
    const parsed = updateProfileInput.safeParse({ notifications: { lowBalance } });
    setWrong(!parsed.success);
    if (!parsed.success) return;
    if (await save(() => updateAccount(parsed.data))) setDraft(null);
  };
  return (
    <Panel>
      <PanelHeader title={t("title")}>
        <SaveNote state={state} />
      </PanelHeader>
      <form onSubmit={(event) => void submit(event)} noValidate className="px-4 py-4">
        <Field
          id="settings-low-balance"
          label={t("level")}
          hint={t("levelHint")}
          error={wrong ? t("levelWrong") : undefined}
        >
          {(control) => (
            <div className="flex gap-2">
              <Input
                {...control}
                value={draft ?? String(level)}
                onChange={(event) => {
                  setDraft(event.target.value);
                  setWrong(false);
                  reset();
                }}
                inputMode="numeric"
                autoComplete="off"
                maxLength={6}
                className="max-w-40 tabular-nums"
              />
              <Button type="submit" pending={state.status === "saving"} disabled={!changed}>
                {common("save")}
              </Button>
            </div>
          )}
        </Field>
      </form>
    </Panel>
  );
}
