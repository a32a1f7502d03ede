"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { ConflictDialog, useConflictDialog } from "@/components/editor/conflict-dialog";
import { EditorCommands } from "@/components/editor/editor-commands";
import type { OpenTrack } from "@/components/editor/editor-context";
import { ExportMenu } from "@/components/editor/export-menu";
import { Inspector } from "@/components/editor/inspector/inspector";
import { useCommand } from "@/components/editor/keys/keys-context";
import { ThumbBar } from "@/components/editor/mobile/thumb-bar";
import { SaveStatus } from "@/components/editor/save-status";
import type { Player } from "@/components/player/player";
import { ReviewMenu } from "@/components/review/review-menu";
import { PresenceFaces } from "@/components/sharing/presence-faces";
import { ShareButton } from "@/components/sharing/share-button";
import { Team } from "@/components/sharing/team";
import { useBilingual } from "@/components/side-by-side/use-bilingual";
import { Timeline } from "@/components/timeline/timeline";
import { Tour } from "@/components/tour/tour";
import { cn } from "@/components/ui/cn";
import { lazyPart } from "@/components/ui/lazy-part";
import { routes } from "@/lib/client/routes";
import type { VideoView } from "@/lib/videos/schema";
import { RetentionFact } from "./retention-fact";
import { VideoFacts } from "./video-facts";
import { VideoMenu } from "./video-menu";
import { VideoStage } from "./video-stage";
import { Workbench } from "./workbench";

const KeysDialog = lazyPart(() =>
  import("@/components/editor/keys/keys-dialog").then((module) => module.KeysDialog),
);

interface VideoFrameProps {
  video: VideoView;
  player: Player;
  open: OpenTrack | null;
  onChanged: () => void;
  side: ReactNode;
}

/** Fills the workbench: what stands around the list, with and without an open track. */
export function VideoFrame({ video, player, open, onChanged, side }: VideoFrameProps) {
  const [keys, setKeys] = useState(false);
  const conflicts = useConflictDialog();
  const bilingual = useBilingual();
  useCommand("help.keys", () => setKeys(true));
  const retention = <RetentionFact video={video} onChanged={onChanged} />;
  return (
    <>
      <Workbench
        video={video}
        status={open ? <SaveStatus onConflicts={() => conflicts.onOpenChange(true)} /> : null}
        actions={<Actions {...{ video, open, onChanged }} />}
        picture={
          <VideoStage
            video={video}
            player={player}
            captions={open && { active: bilingual ?? open.active, language: open.track.language }}
            session={open?.session ?? null}
            onShortcuts={() => setKeys(true)}
          />
        }
        facts={
          <>
            <VideoFacts video={video} className="m-4 hidden lg:flex" />
            <div className={cn("max-lg:border-b max-lg:p-2 lg:m-4", open && "max-lg:hidden")}>
              {retention}
            </div>
          </>
        }
        side={side}
        editing={
          open
            ? {
                inspector: <Inspector key={open.track.id} />,
                timeline: <Timeline key={open.track.id} />,
                foot: <ThumbBar key={open.track.id} facts={retention} />,
              }
            : null
        }
      />
      {open ? (
        <>
          <EditorCommands key={open.track.id} />
          <Team key={`team-${open.track.id}`} />
          <ConflictDialog {...conflicts} />
          <Tour />
        </>
      ) : null}
      <KeysDialog open={keys} onOpenChange={setKeys} />
    </>
  );
}

/** Who is there, and what can be done with the video as a whole. */
function Actions({
  video,
  open,
  onChanged,
}: Pick<VideoFrameProps, "video" | "open" | "onChanged">) {
  const router = useRouter();
  return (
    <>
      {open ? <PresenceFaces session={open.session} /> : null}
      {open ? <ReviewMenu /> : null}
      <ShareButton video={video} />
      {open ? <ExportMenu /> : null}
      <VideoMenu
        video={video}
        onRenamed={onChanged}
        onDeleted={() => router.push(routes.videos())}
      />
    </>
  );
}
