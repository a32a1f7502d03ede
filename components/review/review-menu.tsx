"use client";

import { CircleCheck, CircleDashed, Eye, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEditor } from "@/components/editor/editor-context";
import { useAction } from "@/components/jobs/job-actions";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { useNow, useQuantities } from "@/lib/client/use-quantities";
import { setReview } from "@/lib/client/use-review";
import { allows } from "@/lib/sharing/roles";
import { type ReviewState, reviewStates } from "@/lib/tracks/review-states";

const looks: Record<ReviewState, { icon: LucideIcon; tone: "neutral" | "warning" | "success" }> = {
  draft: { icon: CircleDashed, tone: "neutral" },
  in_review: { icon: Eye, tone: "warning" },
  approved: { icon: CircleCheck, tone: "success" },
};

/** How far the open track is, and the way to say so. */
export function ReviewMenu() {
  const { track, session } = useEditor();
  const t = useTranslations("sharing.review");
  const set = useAction(async (state: ReviewState) => {
    // What this tab is still to send is newer than any revision: it has been seen all the same.
    const { unsent } = session.queue.getState();
    await setReview(track.id, state, unsent > 0 ? undefined : session.document.revision);
    toast.success(t(`done.${state}`));
  });
  const { icon: Icon } = looks[track.reviewState];
  if (!allows(session.role, "editor")) return <StateBadge state={track.reviewState} />;
  return (
    <Menu
      trigger={
        <Button
          variant="quiet"
          pending={set.pending}
          aria-label={`${t("label")}: ${t(`state.${track.reviewState}`)}`}
        >
          {set.pending ? null : <Icon aria-hidden="true" />}
          <span className="max-md:sr-only">{t(`state.${track.reviewState}`)}</span>
        </Button>
      }
    >
      <Said />
      {reviewStates
        .filter((state) => state !== track.reviewState)
        .map((state) => {
          const { icon: StateIcon } = looks[state];
          return (
            <MenuItem key={state} onClick={() => set.run(state)}>
              <StateIcon aria-hidden="true" />
              {t(`set.${state}`)}
            </MenuItem>
          );
        })}
    </Menu>
  );
}

function StateBadge({ state }: { state: ReviewState }) {
  const t = useTranslations("sharing.review");
  const { icon: Icon, tone } = looks[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {t(`state.${state}`)}
    </Badge>
  );
}

/** Who has said it last, and when. */
function Said() {
  const { reviewState, reviewedBy, reviewedAt } = useEditor().track;
  const t = useTranslations("sharing.review");
  const quantities = useQuantities();
  const nowMs = useNow(60_000);
  return (
    <>
      <div className="flex flex-col gap-1 px-2 py-1.5">
        <StateBadge state={reviewState} />
        {reviewedAt ? (
          <span className="text-ink-muted text-xs">
            {reviewedBy
              ? t("by", { name: reviewedBy.name, when: quantities.when(reviewedAt, nowMs) })
              : quantities.when(reviewedAt, nowMs)}
          </span>
        ) : null}
      </div>
      <MenuSeparator />
    </>
  );
}
