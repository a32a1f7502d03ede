"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { CodeInput } from "@/components/account/code-input";
import { useFreshAction } from "@/components/account/use-fresh";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useErrorText } from "@/components/ui/request-error";
import type { SecondFactorSetup } from "@/lib/auth/schema";
import { ApiError } from "@/lib/client/api";
import { confirmSecondFactor } from "@/lib/client/use-sign-in-methods";
import { RecoveryCodes } from "./recovery-codes";
import { SecondFactorScan } from "./second-factor-scan";

/** First the secret, then the codes; new codes alone begin at the second step. */
export type TwoStepTask =
  | { step: "scan"; setup: SecondFactorSetup }
  | { step: "codes"; codes: readonly string[]; ofSetUp: boolean };

interface TwoStepDialogProps {
  task: TwoStepTask;
  account: string;
  onCodes: (codes: readonly string[]) => void;
  onClose: () => void;
}

/** Sets two-step verification up, and hands over recovery codes. */
export function TwoStepDialog({ task, account, onCodes, onClose }: TwoStepDialogProps) {
  const t = useTranslations("settings.security");
  const common = useTranslations("common");
  const form = useConfirmation(onCodes);
  const scanning = task.step === "scan";
  const steps = scanning || task.ofSetUp;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t(scanning ? "setUp.title" : "codes.title")}
      description={
        <>
          {steps ? (
            <span className="block">{t("setUp.step", { step: scanning ? 1 : 2 })}</span>
          ) : null}
          {scanning ? null : t("codes.description")}
        </>
      }
      closeLabel={common("close")}
      dismissible={scanning}
      footer={
        scanning ? (
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button variant="primary" type="submit" form="confirm-code" pending={form.pending}>
              {t("setUp.next")}
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            {t("codes.kept")}
          </Button>
        )
      }
    >
      {scanning ? (
        <div className="flex flex-col gap-4 pt-2">
          <SecondFactorScan setup={task.setup} />
          <ConfirmationForm form={form} />
        </div>
      ) : (
        <RecoveryCodes codes={task.codes} account={account} />
      )}
      {form.dialog}
    </Dialog>
  );
}

/** The first code of the app: that it works is known before it is needed. */
function useConfirmation(onCodes: (codes: readonly string[]) => void) {
  const t = useTranslations("settings.code");
  const errorText = useErrorText();
  const field = useRef<HTMLInputElement>(null);
  const [code, setTyped] = useState("");
  const [wrong, setWrong] = useState<string>();
  const refuse = (text: string) => {
    setWrong(text);
    field.current?.focus();
  };
  const action = useFreshAction(
    async () => onCodes(await confirmSecondFactor(code)),
    (error) => {
      const malformed = error.code === "validation_failed";
      refuse(errorText(malformed ? new ApiError("second_factor_rejected") : error));
      return true;
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() === "") return refuse(t("missing"));
    setWrong(undefined);
    action.run();
  };
  const type = (text: string) => {
    setTyped(text);
    setWrong(undefined);
  };
  return { field, code, type, wrong, submit, pending: action.pending, dialog: action.dialog };
}

function ConfirmationForm({ form }: { form: ReturnType<typeof useConfirmation> }) {
  const t = useTranslations("settings.code");
  return (
    <form id="confirm-code" onSubmit={form.submit} noValidate>
      <Field id="settings-code" label={t("label")} hint={t("hint")} error={form.wrong}>
        {(control) => (
          <CodeInput
            {...control}
            ref={form.field}
            value={form.code}
            onChange={(event) => form.type(event.target.value)}
          />
        )}
      </Field>
    </form>
  );
}
