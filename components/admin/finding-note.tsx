"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { changeFinding } from "@/lib/client/use-findings";
import { useWork } from "@/lib/client/use-work";
import { changeFindingInput, type FindingView } from "@/lib/topups/findings-schema";

/** What was found out or done, and the state that this leads to. */
export function FindingNote({ finding }: { finding: FindingView }) {
  const t = useTranslations("admin.detail");
  const errorText = useErrorText();
  const field = useRef<HTMLTextAreaElement>(null);
  const next = useRef<"acknowledged" | "fixed">("fixed");
  const [note, setNote] = useState("");
  const [short, setShort] = useState(false);
  const work = useWork(async () => {
    const change = changeFindingInput.safeParse({ state: next.current, note });
    setShort(!change.success);
    if (!change.success) return field.current?.focus();
    await changeFinding(finding.id, change.data);
    setNote("");
    toast.success(t("saved"));
  });
  const go = (state: "acknowledged" | "fixed") => {
    next.current = state;
    work.start();
  };
  return (
    <section className="flex flex-col gap-3 border-t pt-4">
      <Field
        id="finding-note"
        label={t("noteLabel")}
        hint={t("noteHint")}
        error={short ? t("noteShort") : work.error ? errorText(work.error) : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            ref={field}
            value={note}
            maxLength={1_000}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <Button pending={work.pending} onClick={() => go("acknowledged")}>
          {t("acknowledge")}
        </Button>
        <Button variant="primary" pending={work.pending} onClick={() => go("fixed")}>
          {t("fix")}
        </Button>
      </div>
    </section>
  );
}
