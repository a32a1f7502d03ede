"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { maxIgnoreReason } from "@/lib/tracks/limits";
import type { QueuedFinding } from "./finding-queue";
import { useQuality, useQualityState } from "./quality-context";
import { useQualityActions } from "./use-quality-actions";

const reasons = ["intended", "name", "song", "fits"] as const;

/** Why a finding stays as it is: a word of one's own, or one of the usual ones. */
export function IgnoreForm({ queued }: { queued: QueuedFinding }) {
  const t = useTranslations("quality");
  const errorText = useErrorText();
  const store = useQuality();
  const { queue } = useQualityState(store);
  const { ignore } = useQualityActions();
  const [reason, setReason] = useState(t("reasons.intended"));
  const [pending, setPending] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => field.current?.select(), []);
  const { code } = queued.finding;
  const alike = queue?.open.filter(({ finding }) => finding.code === code) ?? [];
  const save = async (chosen: readonly QueuedFinding[]) => {
    const text = reason.trim();
    if (text === "") return field.current?.focus();
    setPending(true);
    try {
      await ignore(chosen, text);
      store?.ask(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast.error(t("failed"), { description: errorText(error) });
      setPending(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending) void save([queued]);
  };
  return (
    <form
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        store?.ask(null);
      }}
      className="flex flex-col gap-2"
    >
      <label htmlFor={id} className="font-medium text-sm">
        {t("ignoreTitle")}
      </label>
      <div className="flex flex-wrap gap-1">
        {reasons.map((each) => (
          <Button
            key={each}
            size="sm"
            aria-pressed={reason === t(`reasons.${each}`)}
            onClick={() => {
              setReason(t(`reasons.${each}`));
              field.current?.focus();
            }}
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
          >
            {t(`reasons.${each}`)}
          </Button>
        ))}
      </div>
      <Input
        ref={field}
        id={id}
        value={reason}
        maxLength={maxIgnoreReason}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setReason(event.target.value)}
      />
      <p id={`${id}-hint`} className="text-ink-muted text-sm">
        {t("ignoreHint")}
      </p>
      <div className="flex flex-wrap gap-1.5">
        <Button type="submit" size="sm" variant="primary" pending={pending}>
          {t("ignoreSave")}
        </Button>
        {alike.length > 1 ? (
          <Button size="sm" disabled={pending} onClick={() => void save(alike)}>
            {t("ignoreKind", { count: alike.length })}
          </Button>
        ) : null}
        <Button size="sm" variant="quiet" onClick={() => store?.ask(null)}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
