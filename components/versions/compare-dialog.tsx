"use client";

import { ArrowRight, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { RequestError } from "@/components/ui/request-error";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useAllVersions, useVersionDiff } from "@/lib/client/use-versions";
import type { VersionView } from "@/lib/tracks/schema";
import { DiffList } from "./diff-list";
import { flipped } from "./diff-view";
import { useRevision, useUnsent } from "./use-present";
import { useRestoring } from "./use-restoring";

export interface Comparison {
  from: number;
  /** Null: as it is now. */
  to: number | null;
  /** Shows what bringing `from` back would change, and offers to do it. */
  restore?: boolean;
}

interface CompareDialogProps {
  /** Those that are known already. */
  versions: readonly VersionView[];
  initial: Comparison;
  onClose: () => void;
}

/** What differs between two states of the track, cue by cue. */
export function CompareDialog({ versions, initial, onClose }: CompareDialogProps) {
  const { session } = useEditor();
  const t = useTranslations("versions");
  const common = useTranslations("common");
  const [{ from, to }, setPair] = useState({ from: initial.from, to: initial.to });
  const restore = initial.restore === true;
  const revision = useRevision(session);
  const { versions: all = versions } = useAllVersions(session.trackId);
  const { diff, error, reload } = useVersionDiff(session.trackId, { from, to, revision });
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={restore ? t("diff.restoreTitle", { number: from }) : t("diff.title")}
      description={restore ? t("diff.restoreHint") : undefined}
      closeLabel={common("close")}
      className="sm:max-w-3xl"
      footer={restore ? <RestoreButton number={from} onClose={onClose} /> : undefined}
    >
      {restore ? null : <Pair versions={all} from={from} to={to} onPair={setPair} />}
      {diff ? (
        // Going back is going from now to the version.
        <DiffList diff={restore ? flipped(diff) : diff} onGone={onClose} />
      ) : error ? (
        <RequestError
          error={error}
          title={t("diff.loadFailed")}
          onRetry={reload}
          className="py-8"
        />
      ) : (
        <div aria-hidden="true" className="flex flex-col gap-2">
          <Skeleton className="h-9" />
          <Skeleton className="h-20" />
          <Skeleton className="h-20" />
        </div>
      )}
    </Dialog>
  );
}

interface PairProps {
  versions: readonly VersionView[];
  from: number;
  to: number | null;
  onPair: (pair: { from: number; to: number | null }) => void;
}

const now = "now";

function Pair({ versions, from, to, onPair }: PairProps) {
  const t = useTranslations("versions");
  const options = versions.map(({ number, name }) => ({
    value: String(number),
    label: name ? `${name} (${number})` : t("number", { number }),
  }));
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <Select
        label={t("diff.from")}
        value={String(from)}
        onValueChange={(value) => onPair({ from: Number(value), to })}
        options={options}
        className="min-w-36 max-w-64 flex-1"
      />
      <ArrowRight aria-hidden="true" className="size-4 text-ink-faint" />
      <Select
        label={t("diff.to")}
        value={to === null ? now : String(to)}
        onValueChange={(value) => onPair({ from, to: value === now ? null : Number(value) })}
        options={[{ value: now, label: t("diff.now") }, ...options]}
        className="min-w-36 max-w-64 flex-1"
      />
    </div>
  );
}

function RestoreButton({ number, onClose }: { number: number; onClose: () => void }) {
  const { session } = useEditor();
  const t = useTranslations("versions");
  const common = useTranslations("common");
  const waiting = useUnsent(session) > 0;
  const restoring = useRestoring(onClose);
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {waiting ? <p className="text-sm text-warning">{t("unsent")}</p> : null}
      <Button onClick={onClose}>{common("cancel")}</Button>
      <Button
        variant="primary"
        disabled={waiting}
        pending={restoring.pending}
        onClick={() => restoring.run(number)}
      >
        {restoring.pending ? null : <RotateCcw aria-hidden="true" />}
        {t("restore")}
      </Button>
    </div>
  );
}
