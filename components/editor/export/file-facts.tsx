"use client";

import { Check, Copy, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import type { ApiError } from "@/lib/client/api";
import { useQuantities } from "@/lib/client/use-quantities";
import type { Loss, LossCode } from "@/lib/subtitles/formats";
import type { ArchiveCheck, ExportCheck } from "@/lib/tracks/export-schema";

interface FileFactsProps {
  check: ExportCheck | ArchiveCheck | undefined;
  error: ApiError | undefined;
  onRetry: () => void;
}

/** What the file will be: what it can't hold, how large it is, and the hash to know it by. */
export function FileFacts({ check, error, onRetry }: FileFactsProps) {
  const t = useTranslations("files.export");
  const quantities = useQuantities();
  if (error) {
    return <RequestError error={error} title={t("failed")} onRetry={onRetry} className="py-6" />;
  }
  if (!check) return <FactsSkeleton />;
  const isArchive = "files" in check;
  return (
    <div className="flex flex-col gap-3" data-testid="file-facts">
      <Losses losses={isArchive ? sum(check.files) : check.losses} />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <dt className="text-ink-muted">{t("size")}</dt>
        <dd className="tabular-nums">
          {quantities.bytes(check.bytes)}
          {isArchive ? ` · ${t("filesIn", { count: check.files.length })}` : null}
        </dd>
        <dt className="text-ink-muted">{t("hash")}</dt>
        <dd className="flex min-w-0 items-center gap-1">
          <code className="min-w-0 truncate font-mono text-xs" title={check.sha256}>
            {check.sha256}
          </code>
          <CopyButton text={check.sha256} />
        </dd>
      </dl>
    </div>
  );
}

/** Losses of several files as one list. */
function sum(files: readonly ExportCheck[]): Pick<Loss, "code" | "count">[] {
  const counts = new Map<LossCode, number>();
  for (const { losses } of files) {
    for (const { code, count } of losses) counts.set(code, (counts.get(code) ?? 0) + count);
  }
  return [...counts].map(([code, count]) => ({ code, count }));
}

function Losses({ losses }: { losses: readonly Pick<Loss, "code" | "count">[] }) {
  const t = useTranslations("files");
  if (losses.length === 0) {
    return (
      <p className="flex items-center gap-1.5 text-sm text-success">
        <Check aria-hidden="true" className="size-4 shrink-0" />
        {t("export.keepsAll")}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-1 rounded-base bg-warning-soft px-3 py-2.5 text-sm">
      <p className="flex items-center gap-1.5 font-medium text-warning">
        <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
        {t("export.keeps")}
      </p>
      <ul className="flex flex-col gap-0.5">
        {losses.map(({ code, count }) => (
          <li key={code} className="flex justify-between gap-4">
            <span>{t(`losses.${code}`)}</span>
            <span className="shrink-0 text-ink-muted tabular-nums">
              {t("export.count", { count })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const t = useTranslations("files.export");
  return (
    <IconButton
      size="sm"
      label={t("copyHash")}
      onClick={() =>
        void navigator.clipboard?.writeText(text).then(() => toast.success(t("copied")))
      }
    >
      <Copy aria-hidden="true" />
    </IconButton>
  );
}

function FactsSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-3">
      <Skeleton className="h-10" />
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-5" />
    </div>
  );
}
