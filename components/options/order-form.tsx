"use client";

import { AudioLines, Captions, Languages } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { mutate } from "swr";
import { TopUpOffer } from "@/components/jobs/price-summary";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { SpeechNotice } from "@/components/upload/speech-notice";
import { ApiError } from "@/lib/client/api";
import { routes } from "@/lib/client/routes";
import { capabilitiesPath, useCapabilities } from "@/lib/client/use-capabilities";
import { reloadJobOptions } from "@/lib/client/use-job-options";
import { createJob } from "@/lib/client/use-jobs";
import { newId } from "@/lib/ids";
import type { JobView } from "@/lib/jobs/schema";
import { type OrderChoice, untranslatable } from "./choice";
import { OptionFields } from "./option-fields";
import { OrderPrice } from "./order-price";
import { useQuotedChoice } from "./use-order-choice";

/** What a job is to work on. */
export type OrderSubject =
  | { kind: "caption"; videoId: string }
  | {
      kind: "translate";
      videoId: string;
      sourceTrackId: string;
      /** What the track is in. */
      language: string;
      /** Languages that have a track already. */
      existing: readonly string[];
    }
  | { kind: "align"; videoId: string; transcriptId: string };

interface OrderFormProps {
  subject: OrderSubject;
  /** Where the form begins in place of what was chosen last: the job that is run again. */
  initial?: OrderChoice;
  /** There are subtitles already: says so on the button. */
  again?: boolean;
  /** Beside something louder. */
  quiet?: boolean;
  onOrdered: (job: JobView) => void;
}

const icons = { caption: Captions, translate: Languages, align: AudioLines } as const;

/** The one order form: what is made, into which languages, how, at what price. */
export function OrderForm({ subject, initial, again = false, quiet, onOrdered }: OrderFormProps) {
  const { kind, videoId } = subject;
  const t = useTranslations("options");
  const translated = subject.kind === "translate" ? subject : undefined;
  const { state, quoted, empty } = useQuotedChoice({
    ...{ kind, videoId, initial },
    ...{ language: translated?.language, existing: translated?.existing },
  });
  const capabilities = useCapabilities();
  const order = useOrder(subject, state.choice, { onOrdered, reload: quoted.reload });
  const shown = empty ? undefined : quoted.quote;
  const deaf = kind !== "translate" && capabilities?.speech.available === false;
  const pointless =
    translated && capabilities && untranslatable(translated.language, capabilities.translation);
  return (
    <div className="flex flex-col gap-4">
      {deaf ? <SpeechNotice /> : null}
      <OptionFields
        id={`order-${kind}`}
        kind={kind}
        state={state}
        existing={translated?.existing}
        targetError={empty && order.tried ? t("targets.required") : undefined}
      />
      {empty ? null : <OrderPrice {...quoted} />}
      {order.error ? <OrderRefused error={order.error} /> : null}
      {shown && !shown.affordable ? (
        <TopUpOffer quote={shown} back={routes.video(videoId)} />
      ) : (
        <SubmitButton
          {...{ kind, again, quiet }}
          total={shown?.total}
          disabled={empty ? pointless !== undefined : !quoted.settled || deaf}
          pending={order.pending}
          onPress={() => order.run(empty ? undefined : shown?.total)}
        />
      )}
    </div>
  );
}

interface SubmitButtonProps {
  kind: OrderSubject["kind"];
  again: boolean;
  quiet: boolean | undefined;
  /** Credits; undefined while the price isn't known. */
  total: number | undefined;
  disabled: boolean;
  pending: boolean;
  onPress: () => void;
}

function SubmitButton({
  kind,
  again,
  quiet,
  total,
  disabled,
  pending,
  onPress,
}: SubmitButtonProps) {
  const t = useTranslations("options.submit");
  const Icon = icons[kind];
  const what = again && kind === "caption" ? "again" : kind;
  return (
    <Button
      variant={quiet ? "secondary" : "accent"}
      disabled={disabled}
      pending={pending}
      onClick={onPress}
    >
      {pending ? null : <Icon aria-hidden="true" />}
      {total === undefined ? t(what) : t(`${what}For`, { count: total })}
    </Button>
  );
}

/** Why the order wasn't taken; what it was about has been read again. */
function OrderRefused({ error }: { error: ApiError }) {
  const t = useTranslations("options");
  const common = useTranslations("common");
  const errorText = useErrorText();
  return (
    <div role="alert">
      <Notice tone="danger" className="text-sm">
        <p>{error.code === "price_changed" ? t("changedPrice") : errorText(error)}</p>
        {error.requestId && error.status >= 500 ? (
          <p className="text-xs">
            {common("requestId")} <code className="select-all font-mono">{error.requestId}</code>
          </p>
        ) : null}
      </Notice>
    </div>
  );
}

/** A translation is of what its track is in: that is nobody's to say. */
function orderOf(subject: OrderSubject, { language, options }: OrderChoice) {
  if (subject.kind !== "translate") return { ...subject, language, options };
  const { kind, videoId, sourceTrackId } = subject;
  return { kind, videoId, sourceTrackId, options };
}

/** Sends one order at a time; refused, it reads again what may have changed. */
function useOrder(
  subject: OrderSubject,
  choice: OrderChoice,
  after: { onOrdered: (job: JobView) => void; reload: () => void },
) {
  const t = useTranslations("options.started");
  const [pending, setPending] = useState(false);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<ApiError>();
  const key = useOrderKey(subject, choice);
  const send = async (maxCredits: number) => {
    const job = await createJob({
      ...orderOf(subject, choice),
      ...{ idempotencyKey: key.current(), maxCredits },
    });
    key.renew();
    toast.success(t(subject.kind, { count: job.credits.held }));
    void reloadJobOptions();
    after.onOrdered(job);
  };
  const run = (maxCredits: number | undefined) => {
    setTried(true);
    if (maxCredits === undefined || pending) return;
    setPending(true);
    setError(undefined);
    send(maxCredits)
      .catch((thrown: unknown) => {
        setError(thrown instanceof ApiError ? thrown : new ApiError("internal"));
        after.reload();
        void mutate(capabilitiesPath);
      })
      .finally(() => setPending(false));
  };
  return { pending, tried, error, run };
}

/**
 * The key of an order: the same while the same thing is tried again, as the answer may have been
 * lost; another for another choice, which would else be answered with the first one's job.
 */
function useOrderKey(subject: OrderSubject, choice: OrderChoice) {
  const made = useRef({ key: "", of: "" });
  return {
    current: () => {
      const of = JSON.stringify([subject, choice]);
      if (made.current.of !== of) made.current = { key: newId(), of };
      return made.current.key;
    },
    renew: () => {
      made.current = { key: "", of: "" };
    },
  };
}
