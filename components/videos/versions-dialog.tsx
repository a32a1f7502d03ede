"use client";

import { History, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useAction } from "@/components/jobs/job-actions";
import { useShare } from "@/components/report/use-share";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextLink } from "@/components/ui/link";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { toast } from "@/components/ui/toaster";
import { routes } from "@/lib/client/routes";
import { useQuantities } from "@/lib/client/use-quantities";
import { restoreVersion, useVersions } from "@/lib/client/use-report";
import type { VersionView } from "@/lib/tracks/schema";
import type { VideoTrack } from "@/lib/videos/schema";

interface VersionsDialogProps {
  track: VideoTrack;
  /** What is on the screen. */
  revision: number;
  /** Edits that the server hasn't got: they would be lost among the others. */
  unsent: number;
  onClose: () => void;
  onRestored: () => void;
}

/** What a track was like: when, by whom, how good; any of it can come back. */
export function VersionsDialog({
  track,
  revision,
  unsent,
  onClose,
  onRestored,
}: VersionsDialogProps) {
  const t = useTranslations("studio.versions");
  const common = useTranslations("common");
  const { versions, error, reload } = useVersions(track.id);
  const restoring = useRestoring(track.id, () => {
    void reload();
    onRestored();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      className="sm:max-w-xl"
    >
      {unsent > 0 ? <p className="mb-2 text-sm text-warning">{t("unsent")}</p> : null}
      {versions ? (
        versions.length === 0 ? (
          <EmptyState
            icon={History}
            title={t("none")}
            description={t("noneHint")}
            className="py-8"
          />
        ) : (
          <ol className="flex flex-col">
            {versions.map((version) => (
              <Version
                key={version.number}
                version={version}
                track={track}
                current={version.revision === revision}
                disabled={unsent > 0}
                pending={restoring.pending}
                onRestore={() => restoring.run(version.number)}
              />
            ))}
          </ol>
        )
      ) : error ? (
        <RequestError
          error={error}
          title={t("loadFailed")}
          onRetry={() => void reload()}
          className="py-8"
        />
      ) : (
        <div aria-hidden="true" className="flex flex-col gap-2">
          {["a", "b", "c"].map((row) => (
            <Skeleton key={row} className="h-15" />
          ))}
        </div>
      )}
    </Dialog>
  );
}

/** Restores a version, and offers to take that back: what was there before is a version, too. */
function useRestoring(trackId: string, onDone: () => void) {
  const t = useTranslations("studio.versions");
  const undo = useAction(async (number: number) => {
    await restoreVersion(trackId, number);
    toast.success(t("undone"));
    onDone();
  });
  return useAction(async (number: number) => {
    const { version } = await restoreVersion(trackId, number);
    // What was there before is the version before, whether it had to be kept or was one already.
    const before = version - 1;
    toast.success(t("restored", { number }), {
      ...(before >= 1 && {
        action: { label: t("undo"), onClick: () => undo.run(before) },
      }),
    });
    onDone();
  });
}

interface VersionProps {
  version: VersionView;
  track: VideoTrack;
  current: boolean;
  disabled: boolean;
  pending: boolean;
  onRestore: () => void;
}

function Version({ version, track, current, disabled, pending, onRestore }: VersionProps) {
  const t = useTranslations("studio.versions");
  const quantities = useQuantities();
  const share = useShare();
  const { number, kind, restores, actor, at, quality, jobId } = version;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b py-2.5 last:border-b-0">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{t("number", { number })}</span>
          {current ? <Badge>{t("now")}</Badge> : null}
          <span className="text-ink-muted text-sm">
            {t(`kind.${kind}`, { number: restores ?? 0 })}
            {actor ? ` · ${t("by", { name: actor.name })}` : null}
          </span>
        </p>
        <p className="text-ink-muted text-sm tabular-nums">
          <time dateTime={at}>{quantities.exactTime(at)}</time>
          {quality
            ? ` · ${t("figures", {
                cues: quality.cues,
                percent: share(quality.rulesKept),
                count: quality.errors + quality.warnings,
              })}`
            : null}
        </p>
        <p className="flex gap-3 text-sm">
          <TextLink href={routes.report(track.id, number)}>{t("report")}</TextLink>
          {jobId ? <TextLink href={routes.job(jobId)}>{t("job")}</TextLink> : null}
        </p>
      </div>
      {current ? null : (
        <Button
          size="sm"
          disabled={disabled}
          pending={pending}
          aria-label={t("restoreOf", { number })}
          onClick={onRestore}
        >
          {pending ? null : <RotateCcw aria-hidden="true" />}
          {t("restore")}
        </Button>
      )}
    </li>
  );
}
