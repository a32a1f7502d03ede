"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { lazyPart } from "@/components/ui/lazy-part";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { useJob } from "@/lib/client/use-job";
import {
  forgetRetranslation,
  type Retranslation,
  useRetranslations,
} from "@/lib/client/use-retranslation";
import type { JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import { retranslateRequest } from "./retranslate-request";

const RetranslateDialog = lazyPart(() =>
  import("./retranslate-dialog").then((module) => module.RetranslateDialog),
);

const behindMs = 2_000;

/** The dialog that orders, and the word on what was ordered when it ends. */
export function Retranslations() {
  const { session } = useEditor();
  const orders = useRetranslations(session.trackId);
  const asked = useSyncExternalStore(
    retranslateRequest.subscribe,
    retranslateRequest.get,
    () => null,
  );
  useEffect(() => () => retranslateRequest.ask(null), []);
  return (
    <>
      {asked ? (
        <RetranslateDialog cueIds={asked} onClose={() => retranslateRequest.ask(null)} />
      ) : null}
      {orders.map((order) => (
        <Order key={order.jobId} order={order} />
      ))}
    </>
  );
}

function Order({ order }: { order: Retranslation }) {
  const { session } = useEditor();
  const t = useTranslations("sidebyside.retranslate");
  const errorText = useErrorText();
  const { job } = useJob(order.jobId);
  const tellLeft = () => {
    const left = order.cueIds.filter((id) => {
      const cue = session.document.cue(id);
      return cue?.provenance?.translation && cue.provenance.jobId !== order.jobId;
    });
    if (left.length > 0) toast.info(t("partly", { count: left.length }));
  };
  const tell = useEffectEvent((ended: JobView) => {
    forgetRetranslation(session.trackId, order.jobId);
    if (ended.status === "completed" && ended.credits.captured > 0) {
      toast.success(t("done"), { description: t("price", { credits: ended.credits.captured }) });
      // The texts come by another way than the news of the job: they may be a moment behind.
      setTimeout(tellLeft, behindMs);
      return;
    }
    const code = ended.errorCode ?? ended.languages[0]?.errorCode;
    const description = code ? errorText(new ApiError(code)) : undefined;
    toast.error(t("ended"), { ...(description && { description }) });
  });
  const ended = job && finalStatuses.includes(job.status) ? job : null;
  useEffect(() => {
    if (ended) tell(ended);
  }, [ended]);
  return null;
}
