"use client";

import { ShieldCheck, ShieldOff, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFreshAction } from "@/components/account/use-fresh";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Panel, PanelBody, PanelHeader } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import type { SignInMethods } from "@/lib/auth/schema";
import {
  beginSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from "@/lib/client/use-sign-in-methods";
import { TwoStepDialog, type TwoStepTask } from "./two-step-dialog";

/** From this many recovery codes down it is time for new ones. */
const fewCodes = 3;

interface TwoStepPanelProps {
  secondFactor: SignInMethods["secondFactor"];
  email: string | null;
}

/** Whether a code is asked for at log-in, and what stands in for it. */
export function TwoStepPanel({ secondFactor, email }: TwoStepPanelProps) {
  const t = useTranslations("settings.security.twoStep");
  const [task, setTask] = useState<TwoStepTask | null>(null);
  const begin = useFreshAction(async () => {
    setTask({ step: "scan", setup: await beginSecondFactor() });
  });
  const close = () => {
    if (task?.step === "codes" && task.ofSetUp) toast.success(t("turnedOn"));
    setTask(null);
  };
  return (
    <Panel>
      <PanelHeader title={t("title")}>
        <Badge tone={secondFactor.on ? "success" : "neutral"}>
          {secondFactor.on ? <ShieldCheck aria-hidden="true" /> : <ShieldOff aria-hidden="true" />}
          {secondFactor.on ? t("on") : t("off")}
        </Badge>
      </PanelHeader>
      <PanelBody className="flex flex-col items-start gap-4">
        <p className="text-ink-muted">{t("about")}</p>
        {secondFactor.on ? (
          <TurnedOn
            codesLeft={secondFactor.recoveryCodesLeft}
            onCodes={(codes) => setTask({ step: "codes", codes, ofSetUp: false })}
          />
        ) : (
          <Button variant="primary" pending={begin.pending} onClick={() => begin.run()}>
            {t("turnOn")}
          </Button>
        )}
      </PanelBody>
      {begin.dialog}
      {task ? (
        <TwoStepDialog
          task={task}
          account={email ?? ""}
          onCodes={(codes) => setTask({ step: "codes", codes, ofSetUp: true })}
          onClose={close}
        />
      ) : null}
    </Panel>
  );
}

interface TurnedOnProps {
  codesLeft: number;
  onCodes: (codes: readonly string[]) => void;
}

function TurnedOn({ codesLeft, onCodes }: TurnedOnProps) {
  const t = useTranslations("settings.security.twoStep");
  const common = useTranslations("common");
  const [asking, setAsking] = useState<"renew" | "turnOff" | null>(null);
  const renew = useFreshAction(async () => onCodes(await renewRecoveryCodes()));
  const turnOff = useFreshAction(async () => {
    await removeSecondFactor();
    toast.success(t("turnedOff"));
  });
  const confirm = () => {
    setAsking(null);
    if (asking === "renew") renew.run();
    else turnOff.run();
  };
  const shared = {
    onOpenChange: (open: boolean) => open || setAsking(null),
    cancelLabel: common("cancel"),
    onConfirm: confirm,
  };
  return (
    <>
      {codesLeft <= fewCodes ? (
        <p className="flex items-start gap-1.5 text-warning">
          <TriangleAlert aria-hidden="true" className="mt-0.75 size-4 shrink-0" />
          {t("codesLow", { count: codesLeft })}
        </p>
      ) : (
        <p>{t("codesLeft", { count: codesLeft })}</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button pending={renew.pending} onClick={() => setAsking("renew")}>
          {t("renew")}
        </Button>
        <Button variant="quiet" pending={turnOff.pending} onClick={() => setAsking("turnOff")}>
          {t("turnOff")}
        </Button>
      </div>
      <ConfirmDialog
        {...shared}
        open={asking === "renew"}
        tone="neutral"
        title={t("renewTitle")}
        description={t("renewDescription")}
        confirmLabel={t("renewConfirm")}
      />
      <ConfirmDialog
        {...shared}
        open={asking === "turnOff"}
        title={t("turnOffTitle")}
        description={t("turnOffDescription")}
        confirmLabel={t("turnOffConfirm")}
      />
      {renew.dialog}
      {turnOff.dialog}
    </>
  );
}
