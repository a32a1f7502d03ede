"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useAction } from "@/components/jobs/job-actions";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { createLink } from "@/lib/client/use-sharing";
import { maxLinkDays } from "@/lib/sharing/limits";
import { endOfDay, isLinkEnd, linkDays, linkEnd, localDay } from "@/lib/sharing/policy";
import type { SharedRole } from "@/lib/sharing/roles";
import { RoleSelect } from "./role-select";

interface LinkFormProps {
  videoId: string;
  onClose: () => void;
  onMade: (token: string) => void;
}

const expiries = [...linkDays.map((days) => `${days}` as const), "own"] as const;
type Expiry = (typeof expiries)[number];

/** What a new link allows, and until when. */
export function LinkForm({ videoId, onClose, onMade }: LinkFormProps) {
  const t = useTranslations("sharing");
  const common = useTranslations("common");
  const [role, setRole] = useState<SharedRole>("viewer");
  const [expiry, setExpiry] = useState<Expiry>("7");
  const [day, setDay] = useState(() => localDay(linkEnd(30, Date.now())));
  const [label, setLabel] = useState("");
  const [wrong, setWrong] = useState<string>();
  const make = useAction(async (expiresAtMs: number) => {
    const expiresAt = new Date(expiresAtMs).toISOString();
    onMade((await createLink(videoId, { role, label: label.trim(), expiresAt })).token);
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const nowMs = Date.now();
    const endMs = expiry === "own" ? endOfDay(day) : linkEnd(Number(expiry), nowMs);
    if (endMs === undefined || !isLinkEnd(endMs, nowMs)) return setWrong(t("links.dateInvalid"));
    make.run(endMs);
  };

  return (
    <form
      onSubmit={submit}
      noValidate
      className="flex flex-col gap-4 rounded-base border bg-sunken p-3"
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="link-role" label={t("roleLabel")}>
          {({ id }) => (
            <RoleSelect
              id={id}
              label={t("roleLabel")}
              value={role}
              onValueChange={setRole}
              className="w-full"
            />
          )}
        </Field>
        <Field id="link-expiry" label={t("links.expiry")}>
          {({ id }) => (
            <Select
              id={id}
              value={expiry}
              onValueChange={setExpiry}
              options={expiries.map((value) => ({
                value,
                label:
                  value === "own" ? t("links.ownDate") : t("links.days", { count: Number(value) }),
              }))}
              className="w-full"
            />
          )}
        </Field>
        {expiry === "own" ? (
          <Field id="link-day" label={t("links.date")} error={wrong} className="sm:col-span-2">
            {(control) => (
              <Input
                {...control}
                type="date"
                value={day}
                min={localDay(Date.now())}
                max={localDay(linkEnd(maxLinkDays - 1, Date.now()))}
                onChange={(event) => {
                  setDay(event.target.value);
                  setWrong(undefined);
                }}
                className="sm:w-48"
              />
            )}
          </Field>
        ) : null}
      </div>
      <Field id="link-label" label={t("links.label")} hint={t("links.labelHint")}>
        {(control) => (
          <Input
            {...control}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
            maxLength={80}
            autoComplete="off"
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" variant="primary" pending={make.pending}>
          {t("links.create")}
        </Button>
      </div>
    </form>
  );
}
