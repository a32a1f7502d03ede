"use client";

import { Ellipsis, GitCompareArrows, Pencil, RotateCcw, Tag } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEditor } from "@/components/editor/editor-context";
import { useAction } from "@/components/jobs/job-actions";
import { useShare } from "@/components/report/use-share";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { routes } from "@/lib/client/routes";
import { useQuantities } from "@/lib/client/use-quantities";
import { renameVersion } from "@/lib/client/use-versions";
import { allows } from "@/lib/sharing/roles";
import type { VersionView } from "@/lib/tracks/schema";
import type { Comparison } from "./compare-dialog";

interface VersionItemProps {
  version: VersionView;
  /** It is what is on the screen. */
  current: boolean;
  onName: (version: { number: number; name: string }) => void;
  onCompare: (comparison: Comparison) => void;
}

/** One state of the track: its name, who made it when and how good it was. */
export function VersionItem({ version, current, onName, onCompare }: VersionItemProps) {
  const { session } = useEditor();
  const t = useTranslations("versions");
  const quantities = useQuantities();
  const { number, name, kind, restores, actor, at, jobId } = version;
  const made = [t(`kind.${kind}`, { number: restores ?? 0 }), actor?.name].filter(Boolean);
  return (
    <li className="flex items-start gap-2 border-b py-2.5 last:border-b-0">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{name ?? t("number", { number })}</span>
          {name ? <span className="text-ink-muted text-sm">{t("number", { number })}</span> : null}
          {current ? <Badge tone="accent">{t("now")}</Badge> : null}
        </p>
        <p className="text-ink-muted text-sm">
          {made.join(" · ")} ·{" "}
          <time dateTime={at} className="tabular-nums">
            {quantities.exactTime(at)}
          </time>
        </p>
        <Figures version={version} />
        <p className="flex gap-3 text-sm">
          <TextLink href={routes.report(session.trackId, number)}>{t("report")}</TextLink>
          {jobId && session.role === "owner" ? (
            <TextLink href={routes.job(jobId)}>{t("job")}</TextLink>
          ) : null}
        </p>
      </div>
      <Commands version={version} current={current} onName={onName} onCompare={onCompare} />
    </li>
  );
}

function Figures({ version: { quality } }: { version: VersionView }) {
  const t = useTranslations("versions");
  const share = useShare();
  if (!quality) return null;
  const { cues, rulesKept, errors, warnings } = quality;
  return (
    <p className="text-ink-muted text-sm tabular-nums">
      {t("figures", { cues, percent: share(rulesKept), count: errors + warnings })}
    </p>
  );
}

function Commands({ version, current, onName, onCompare }: VersionItemProps) {
  const { session } = useEditor();
  const t = useTranslations("versions");
  const { number, name } = version;
  const mayEdit = allows(session.role, "editor");
  const unname = useAction(async () => {
    await renameVersion(session.trackId, number, null);
    toast.success(t("name.removed"));
  });
  return (
    <div className="hit-row flex shrink-0 gap-1">
      {current ? null : (
        <IconButton
          size="sm"
          label={t("compareOf", { number })}
          title={t("compare")}
          onClick={() => onCompare({ from: number, to: null })}
        >
          <GitCompareArrows aria-hidden="true" />
        </IconButton>
      )}
      {mayEdit ? (
        <Menu
          trigger={
            <IconButton size="sm" label={t("menuOf", { number })}>
              <Ellipsis aria-hidden="true" />
            </IconButton>
          }
        >
          {current ? null : (
            <MenuItem onClick={() => onCompare({ from: number, to: null, restore: true })}>
              <RotateCcw aria-hidden="true" />
              {t("restore")}
            </MenuItem>
          )}
          <MenuItem onClick={() => onName({ number, name: name ?? "" })}>
            <Pencil aria-hidden="true" />
            {t("name.rename")}
          </MenuItem>
          {name ? (
            <MenuItem onClick={() => unname.run()}>
              <Tag aria-hidden="true" />
              {t("name.remove")}
            </MenuItem>
          ) : null}
        </Menu>
      ) : null}
    </div>
  );
}
