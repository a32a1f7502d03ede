"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Dialog } from "@/components/ui/dialog";
import { ButtonLink } from "@/components/ui/link";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { routes } from "@/lib/client/routes";
import { usePeople } from "@/lib/client/use-sharing";
import type { VideoView } from "@/lib/videos/schema";
import { InviteForm } from "./invite-form";
import { LinksSection } from "./links-section";
import { PeopleList } from "./people-list";

interface ShareDialogProps {
  video: Pick<VideoView, "id" | "title">;
  onClose: () => void;
}

/** Who has a video with the person: to invite, to change, to leave. */
export function ShareDialog({ video, onClose }: ShareDialogProps) {
  const t = useTranslations("sharing");
  const common = useTranslations("common");
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={video.title}
      closeLabel={common("close")}
      className="sm:max-w-xl"
    >
      <Sharing videoId={video.id} />
    </Dialog>
  );
}

function Sharing({ videoId }: { videoId: string }) {
  const t = useTranslations("sharing");
  const { people, error, reload } = usePeople(videoId);
  // Somebody may have come since the dialog was open last.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it opens
  useEffect(() => reload(), []);
  if (error?.code === "account_required") return <NeedsAccount videoId={videoId} />;
  if (!people) {
    if (!error) return <SharingSkeleton />;
    return (
      <RequestError
        error={error}
        title={t("people.loadFailed")}
        onRetry={reload}
        className="py-8"
      />
    );
  }
  const owner = people.owner.id === people.you;
  return (
    <div className="flex flex-col gap-6 pt-1">
      {owner ? <InviteForm videoId={videoId} ownEmail={people.owner.email} /> : null}
      <PeopleList videoId={videoId} people={people} />
      {owner ? <LinksSection videoId={videoId} /> : null}
    </div>
  );
}

/** Who tries without an account has nobody yet to share as. */
function NeedsAccount({ videoId }: { videoId: string }) {
  const t = useTranslations("sharing.account");
  return (
    <EmptyState
      icon={UserPlus}
      title={t("title")}
      description={t("description")}
      className="py-8"
      action={
        <ButtonLink variant="primary" href={routes.signUp(routes.claim(routes.video(videoId)))}>
          {t("signUp")}
        </ButtonLink>
      }
    />
  );
}

function SharingSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-6 pt-1">
      <Skeleton className="h-25" />
      <div className="flex flex-col gap-2">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </div>
      <Skeleton className="h-25" />
    </div>
  );
}
