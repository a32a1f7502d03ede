"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { looksLikeEmail, maxEmail, normaliseEmail } from "@/lib/accounts/email";
import { ApiError } from "@/lib/client/api";
import { invite } from "@/lib/client/use-sharing";
import type { SharedRole } from "@/lib/sharing/roles";
import { RoleSelect } from "./role-select";
import { Section } from "./section";

/** Asks somebody in by their address. The answer is the same whoever has it. */
export function InviteForm({ videoId, ownEmail }: { videoId: string; ownEmail: string | null }) {
  const t = useTranslations("sharing");
  const errorText = useErrorText();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState<SharedRole>("editor");
  const [wrong, setWrong] = useState<string>();
  const [pending, setPending] = useState(false);

  const refuse = (message: string) => {
    setWrong(message);
    field.current?.focus();
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    const email = normaliseEmail(typed);
    if (!looksLikeEmail(email)) return refuse(t("invite.invalid"));
    if (email === ownEmail) return refuse(t("invite.own"));
    setPending(true);
    try {
      await invite(videoId, { email, role });
      toast.success(t("invite.sent", { email }));
      setTyped("");
      setWrong(undefined);
      field.current?.focus();
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError("internal");
      refuse(known.code === "validation_failed" ? t("invite.invalid") : errorText(known));
    } finally {
      setPending(false);
    }
  };

  return (
    <Section title={t("invite.title")}>
      <form onSubmit={send} noValidate>
        <Field id="share-email" label={t("invite.email")} hint={t("invite.hint")} error={wrong}>
          {(control) => (
            <div className="flex flex-wrap gap-2">
              <Input
                {...control}
                ref={field}
                type="email"
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setWrong(undefined);
                }}
                autoComplete="off"
                maxLength={maxEmail}
                className="min-w-44 flex-1"
              />
              <RoleSelect
                label={t("roleLabel")}
                value={role}
                onValueChange={setRole}
                className="min-w-32"
              />
              <Button type="submit" variant="primary" pending={pending}>
                {t("invite.send")}
              </Button>
            </div>
          )}
        </Field>
      </form>
    </Section>
  );
}
