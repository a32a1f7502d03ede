"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/jobs/job-actions";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import { revokeLink, useLinks } from "@/lib/client/use-sharing";
import { maxLinks } from "@/lib/sharing/limits";
import type { LinkView } from "@/lib/sharing/schema";
import { LinkForm } from "./link-form";
import { NewLink } from "./new-link";
import { Section } from "./section";

/** Links that are open, one to make, and the address of the one just made. */
export function LinksSection({ videoId }: { videoId: string }) {
  const t = useTranslations("sharing.links");
  const { links, error, reload } = useLinks(videoId);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const full = (links?.length ?? 0) >= maxLinks;
  return (
    <Section
      title={t("title")}
      hint={t("hint")}
      action={
        making ? null : (
          <Button size="sm" disabled={full} onClick={() => setMaking(true)}>
            <Plus aria-hidden="true" />
            {t("make")}
          </Button>
        )
      }
    >
      {made ? <NewLink token={made} onClose={() => setMade(null)} /> : null}
      {making ? (
        <LinkForm
          videoId={videoId}
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      ) : null}
      {links ? (
        <Links videoId={videoId} links={links} quiet={making || made !== null} />
      ) : error ? (
        <RequestError error={error} title={t("loadFailed")} onRetry={reload} className="py-6" />
      ) : (
        <Skeleton aria-hidden="true" className="h-12" />
      )}
    </Section>
  );
}

interface LinksProps {
  videoId: string;
  links: readonly LinkView[];
  /** Something else says what there is to do. */
  quiet: boolean;
}

function Links({ videoId, links, quiet }: LinksProps) {
  const t = useTranslations("sharing.links");
  if (links.length === 0) {
    return quiet ? null : <p className="text-ink-muted text-sm">{t("none")}</p>;
  }
  return (
    <ul className="flex flex-col">
      {links.map((link) => (
        <OpenLink key={link.id} videoId={videoId} link={link} />
      ))}
    </ul>
  );
}

function OpenLink({ videoId, link }: { videoId: string; link: LinkView }) {
  const t = useTranslations("sharing");
  const quantities = useQuantities();
  const nowMs = useNow(60_000);
  const { label, role, expiresAt, usedAt, members } = link;
  const used = usedAt
    ? t("links.used", { when: quantities.when(usedAt, nowMs) })
    : t("links.unused");
  const name = label || t("links.unnamed");
  return (
    <li className="flex min-h-12 items-center gap-3 border-b py-1.5 last:border-b-0">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          <Badge tone={role === "editor" ? "accent" : "neutral"}>{t(`role.${role}`)}</Badge>
        </span>
        <span className="text-ink-muted text-sm">
          {t("links.until", { date: quantities.exactTime(expiresAt) })} · {used}
          {members > 0 ? ` · ${t("links.members", { count: members })}` : null}
        </span>
      </div>
      <Revoke videoId={videoId} linkId={link.id} name={name} />
    </li>
  );
}

function Revoke({ videoId, linkId, name }: { videoId: string; linkId: string; name: string }) {
  const t = useTranslations("sharing.links");
  const common = useTranslations("common");
  const [asking, setAsking] = useState(false);
  const revoke = useAction(async () => {
    await revokeLink(videoId, linkId);
    toast.success(t("revoked"));
    setAsking(false);
  });
  return (
    <ConfirmDialog
      open={asking}
      onOpenChange={setAsking}
      title={t("revokeTitle")}
      description={t("revokeDescription")}
      cancelLabel={common("cancel")}
      confirmLabel={t("revokeConfirm")}
      pending={revoke.pending}
      onConfirm={() => revoke.run()}
      trigger={
        <Button size="sm" variant="quiet" aria-label={t("revokeOf", { label: name })}>
          {t("revoke")}
        </Button>
      }
    />
  );
}
