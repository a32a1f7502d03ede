"use client";

import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useErrorText } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { LanguageCombobox } from "@/components/upload/language-combobox";
import { useCapabilitiesState } from "@/lib/client/use-capabilities";
import type { JobKind } from "@/lib/jobs/schema";
import { targetNames } from "@/lib/target-names";
import type { Dropped } from "./choice";
import { MoreOptions } from "./more-options";
import { TargetField } from "./target-field";
import type { ChoiceState } from "./use-order-choice";

interface OptionFieldsProps {
  /** Unique on the page. */
  id: string;
  kind: JobKind;
  state: ChoiceState;
  /** Languages that have a track. */
  existing?: readonly string[] | undefined;
  /** What is missing of a translation, once somebody has tried to order it. */
  targetError?: string | undefined;
  /** For every video to come: without what belongs to one. */
  lasting?: boolean;
}

/** Everything that can be chosen for a job: languages in sight, the rest folded away. */
export function OptionFields(props: OptionFieldsProps) {
  const { id, kind, state, existing, targetError, lasting } = props;
  const t = useTranslations("options");
  const { choice, change, ready } = state;
  const { capabilities, error, reload } = useCapabilitiesState();
  if (!ready || (!capabilities && !error)) return <OptionsSkeleton kind={kind} />;
  return (
    <div className="flex flex-col gap-4">
      <DroppedNotice dropped={state.dropped} />
      {kind === "translate" ? null : (
        <Field id={`${id}-language`} label={t("spoken")}>
          {(control) => (
            <LanguageCombobox
              id={control.id}
              value={choice.language}
              onValueChange={(language) => change({ language })}
              className="w-full"
            />
          )}
        </Field>
      )}
      {capabilities ? (
        <>
          <TargetField
            id={`${id}-targets`}
            choice={choice}
            onChange={change}
            translation={capabilities.translation}
            existing={existing}
            error={targetError}
          />
          <MoreOptions
            id={id}
            kind={kind}
            choice={choice}
            onChange={change}
            capabilities={capabilities}
            lasting={lasting}
            mono={state.mono}
          />
        </>
      ) : error ? (
        <OptionsFailed error={error} onRetry={reload} />
      ) : null}
    </div>
  );
}

type FailedProps = {
  error: Parameters<ReturnType<typeof useErrorText>>[0];
  onRetry: () => void;
};

/** What can be chosen couldn't be read; the spoken language can be ordered without. */
function OptionsFailed({ error, onRetry }: FailedProps) {
  const t = useTranslations("options.more");
  const common = useTranslations("common");
  const errorText = useErrorText();
  return (
    <Notice tone="warning">
      <div className="flex flex-col items-start gap-2">
        <p>
          {t("loadFailed")}. {errorText(error)}
        </p>
        {error.requestId ? (
          <p className="text-xs">
            {common("requestId")} <code className="select-all font-mono">{error.requestId}</code>
          </p>
        ) : null}
        <Button size="sm" onClick={onRetry}>
          {common("retry")}
        </Button>
      </div>
    </Notice>
  );
}

function DroppedNotice({ dropped }: { dropped: readonly Dropped[] }) {
  const t = useTranslations("options.dropped");
  const locale = useLocale();
  if (dropped.length === 0) return null;
  const targets = dropped.flatMap((each) => (each.what === "target" ? [each.code] : []));
  const others = dropped.filter(({ what }) => what !== "target");
  return (
    <Notice tone="warning" className="text-sm">
      {targets.length > 0 ? (
        <p>{t("target", { languages: targetNames(targets, locale) })}</p>
      ) : null}
      {others.map(({ what }) => (
        <p key={what}>{t(what)}</p>
      ))}
    </Notice>
  );
}

/** The fields on their way, at their final size. */
function OptionsSkeleton({ kind }: { kind: JobKind }) {
  return (
    <div aria-hidden="true" className="flex flex-col gap-4">
      {(kind === "translate" ? ["targets"] : ["language", "targets"]).map((field) => (
        <div key={field} className="flex flex-col gap-1.5">
          <Skeleton className="h-5 w-24" />
          <Skeleton className="h-9" />
        </div>
      ))}
      <Skeleton className="h-8 w-16" />
    </div>
  );
}
