"use client";

import { ChevronDown, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { formatPreciseClock } from "@/lib/subtitles/time";
import type { FindingQueue } from "./finding-queue";

const mostShown = 200;

/** What people have decided to leave: counted, shown when asked for, and taken back. */
export function LeftFindings({
  left,
  onTakeBack,
}: {
  left: FindingQueue["left"];
  /** @throws {ApiError} Left out: it can't be taken back here. */
  onTakeBack?: ((key: string) => Promise<void>) | undefined;
}) {
  const t = useTranslations("quality");
  const [open, setOpen] = useState(false);
  if (left.length === 0) return null;
  return (
    <section className="flex flex-col gap-1 border-t pt-3">
      <Button
        size="sm"
        variant="quiet"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="self-start"
      >
        <EyeOff aria-hidden="true" />
        {t("left", { count: left.length })}
        <ChevronDown
          aria-hidden="true"
          className={cn("transition-transform", open && "rotate-180")}
        />
      </Button>
      {open ? (
        <ul className="flex flex-col">
          {left.slice(0, mostShown).map((each) => (
            <LeftFinding key={each.key} each={each} {...(onTakeBack && { onTakeBack })} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function LeftFinding({
  each,
  onTakeBack,
}: {
  each: FindingQueue["left"][number];
  onTakeBack?: (key: string) => Promise<void>;
}) {
  const t = useTranslations("quality");
  const groups = useTranslations("report.groups");
  const errorText = useErrorText();
  const [pending, setPending] = useState(false);
  const { finding, ignored } = each;
  const takeBack = async (act: (key: string) => Promise<void>) => {
    setPending(true);
    try {
      await act(each.key);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast.error(t("failed"), { description: errorText(error) });
      setPending(false);
    }
  };
  return (
    <li className="flex items-start gap-2 border-b py-1.5 text-sm last:border-b-0">
      <div className="flex min-w-0 flex-1 flex-col">
        <span className="flex items-baseline justify-between gap-2">
          <span>{groups(finding.code)}</span>
          <span className="text-ink-muted text-xs tabular-nums">
            {formatPreciseClock(finding.startMs)}
          </span>
        </span>
        <span className="text-ink-muted">
          {ignored.by
            ? t("leftBy", { name: ignored.by.name, reason: ignored.reason })
            : ignored.reason}
        </span>
      </div>
      {onTakeBack ? (
        <Button
          size="sm"
          variant="quiet"
          pending={pending}
          onClick={() => void takeBack(onTakeBack)}
        >
          {t("takeBack")}
        </Button>
      ) : null}
    </li>
  );
}
