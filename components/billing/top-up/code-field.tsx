"use client";

import { CircleCheck, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/request-error";
import type { ApiError } from "@/lib/client/api";
import { type ErrorCode, errorTitle, isErrorCode } from "@/lib/errors";
import { type PackagesView, type PackageView, promotionCode } from "@/lib/topups/schema";
import { useBillingText } from "../use-billing-text";

interface CodeFieldProps {
  /** The code that is asked about; null: none. */
  asked: string | null;
  onAsk: (code: string | null) => void;
  /** What the server says of a code; may still be about the one before. */
  answer: PackagesView["code"];
  chosen: PackageView;
  loading: boolean;
  error: ApiError | undefined;
}

/** A promotion's code: what it does is the server's word, shown in the packages' prices. */
export function CodeField({ asked, onAsk, answer, chosen, loading, error }: CodeFieldProps) {
  const t = useTranslations("topups.code");
  const locale = useLocale();
  const errorText = useErrorText();
  const [typed, setTyped] = useState("");
  const [malformed, setMalformed] = useState(false);
  const current = asked !== null && answer?.code === asked ? answer : null;
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const code = promotionCode.safeParse(typed);
    setMalformed(!code.success);
    if (code.success) onAsk(code.data);
  };
  if (current?.good) {
    return <AppliedCode code={current.code} chosen={chosen} onRemove={() => onAsk(null)} />;
  }
  const problem = malformed
    ? t("malformed")
    : error && asked !== null
      ? errorText(error)
      : current
        ? errorTitle(codeProblem(current.problem), locale)
        : undefined;
  return (
    <form onSubmit={apply} noValidate>
      <Field id="promotion-code" label={t("label")} error={problem}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                setMalformed(false);
              }}
              placeholder={t("placeholder")}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={60}
            />
            <Button
              type="submit"
              pending={loading && asked !== null}
              disabled={typed.trim() === ""}
            >
              {t("apply")}
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}

/** Why a code isn't good, as a code of our own errors. */
function codeProblem(problem: string | null): ErrorCode {
  return problem !== null && isErrorCode(problem) ? problem : "promotion_unknown";
}

interface AppliedCodeProps {
  code: string;
  chosen: PackageView;
  onRemove: () => void;
}

function AppliedCode({ code, chosen, onRemove }: AppliedCodeProps) {
  const t = useTranslations("topups.code");
  const text = useBillingText();
  const { promotion } = chosen;
  const words =
    promotion?.code === code
      ? t("applied", { code })
      : promotion
        ? t("better", { code, name: text.promotionName(promotion) })
        : t("appliedElsewhere", { code });
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium">{t("label")}</p>
      <div className="flex min-h-9 items-center gap-2 rounded-base border bg-surface py-1 pr-1 pl-3">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" />
        <p role="status" className="min-w-0 flex-1">
          {words}
        </p>
        <IconButton label={t("remove")} size="sm" onClick={onRemove}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}
