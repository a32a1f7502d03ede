"use client";

import { ArrowLeft } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { type CSSProperties, type ReactNode, useRef } from "react";
import { besidePx, type PaneSizes } from "@/components/editor/layout/panes";
import { Separator } from "@/components/editor/layout/separator";
import { useMediaQuery } from "@/components/editor/layout/use-media-query";
import { type Panes, usePanes } from "@/components/editor/layout/use-panes";
import { buttonStyle } from "@/components/ui/button-style";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/client/routes";
import type { VideoView } from "@/lib/videos/schema";
import { TrackSkeleton } from "./side-panel";

/** All below the studio's own bar: the page itself never scrolls. */
const pageStyle = "flex h-[calc(100dvh-3.5rem)] flex-col";

interface WorkbenchProps {
  video: VideoView;
  /** What stands in the bar beside the title. */
  status: ReactNode;
  actions: ReactNode;
  picture: ReactNode;
  /** Below the picture, where there is room. */
  facts: ReactNode;
  side: ReactNode;
  /** What an open track adds; null without one. */
  editing: { inspector: ReactNode; timeline: ReactNode; foot: ReactNode } | null;
}

/**
 * The page's shape in all its states. Picture, list, timeline and inspector stand in the order of
 * the page's code, so that the Tab key goes through them as the eye does; the picture is always the
 * same element and goes on playing when its subtitles arrive.
 */
export function Workbench(props: WorkbenchProps) {
  const { picture, facts, side, editing } = props;
  const t = useTranslations("studio.video");
  const tPanes = useTranslations("editor.panes");
  const frame = useRef<HTMLDivElement>(null);
  const panes = usePanes(frame);
  return (
    <div className={pageStyle}>
      <Head {...props} />
      <div
        ref={frame}
        style={paneStyle(panes.sizes)}
        className={cn(
          "flex min-h-0 flex-1 flex-col lg:grid",
          lowGrid,
          editing ? editingGrid : plainGrid,
        )}
      >
        <div
          className={cn(
            "low:min-h-0 shrink-0 low:overflow-y-auto lg:min-h-0 lg:min-w-0 lg:overflow-y-auto",
            editing ? "lg:col-start-1 lg:row-start-1" : "lg:p-4",
          )}
        >
          <div
            className={cn(
              "mx-auto flex flex-col overflow-hidden bg-surface",
              editing ? stageSize : "lg:rounded-base lg:border",
            )}
          >
            {picture}
          </div>
          {facts}
        </div>
        <section
          aria-label={t("subtitles")}
          data-tour="list"
          className={cn(
            "relative flex min-h-0 flex-1 flex-col low:border-t-0 border-t low:border-l bg-surface lg:col-start-2 lg:row-start-1 lg:border-t-0 lg:border-l",
            editing && "lg:row-end-3 min-[75rem]:row-end-2",
          )}
        >
          {editing ? (
            <Separator panes={panes} pane="list" edge="left" label={tPanes("list")} />
          ) : null}
          {side}
        </section>
        {editing ? <EditingPanes panes={panes} {...editing} /> : null}
      </div>
    </div>
  );
}

/** In a low window the picture stands beside the list, and the foot below both; no timeline. */
const lowGrid =
  "low:grid low:grid-cols-[max(45%,min(20.5rem,50%))_minmax(0,1fr)] low:grid-rows-[minmax(0,1fr)_auto]";
/** From 75 rem (`besidePx`) on the inspector stands beside the list, else below the picture. */
const editingGrid = [
  "lg:grid-cols-[minmax(0,1fr)_var(--list)]",
  "lg:grid-rows-[minmax(0,1fr)_var(--inspector-below)_var(--timeline)]",
  "min-[75rem]:grid-cols-[minmax(0,1fr)_var(--list)_var(--inspector)]",
  "min-[75rem]:grid-rows-[minmax(0,1fr)_var(--timeline)]",
].join(" ");
const plainGrid = [
  "lg:grid-cols-[minmax(0,1fr)_27rem] lg:grid-rows-[minmax(0,1fr)]",
  "xl:grid-cols-[minmax(0,1fr)_32rem]",
].join(" ");
/**
 * As high as its pane, without both bars above (6.5 rem) and its own controls; in a low window also
 * without the foot (3.25 rem).
 */
const stageSize = [
  "[--controls-high:4.75rem] pointer-coarse:[--controls-high:5.75rem]",
  "[--stage-max:34dvh] low:[--stage-max:max(5rem,calc(100dvh-9.75rem-var(--controls-high)))]",
  "lg:[--stage-max:max(10rem,calc(100dvh-6.5rem-var(--controls-high)-var(--timeline)-var(--inspector-below)))]",
  "min-[75rem]:[--stage-max:max(10rem,calc(100dvh-6.5rem-var(--controls-high)-var(--timeline)))]",
].join(" ");

type EditingPanesProps = NonNullable<WorkbenchProps["editing"]> & { panes: Panes };

/** The panes that an open track adds; on a phone the inspector is a sheet of the foot. */
function EditingPanes({ panes, timeline, inspector, foot }: EditingPanesProps) {
  const t = useTranslations("editor");
  const wide = useMediaQuery("(min-width: 64rem)");
  const beside = useMediaQuery(`(min-width: ${besidePx}px)`);
  return (
    <>
      <section
        aria-label={t("panes.timelineName")}
        data-tour="timeline"
        className="relative low:hidden max-sm:finding:hidden flex h-13 shrink-0 flex-col border-t bg-surface lg:col-span-full lg:h-auto lg:min-h-0 lg:[grid-row:-2/-1]"
      >
        <Separator panes={panes} pane="timeline" edge="top" label={t("panes.timeline")} />
        {timeline}
      </section>
      {wide ? (
        <aside
          aria-label={t("inspector.label")}
          data-tour="inspector"
          className="relative flex min-h-0 flex-col border-t bg-surface lg:col-start-1 lg:row-start-2 min-[75rem]:col-start-3 min-[75rem]:row-start-1 min-[75rem]:border-t-0 min-[75rem]:border-l"
        >
          <Separator
            key={beside ? "beside" : "below"}
            panes={panes}
            pane={beside ? "inspector" : "inspectorBelow"}
            edge={beside ? "left" : "top"}
            label={t("panes.inspector")}
          />
          {inspector}
        </aside>
      ) : (
        foot
      )}
    </>
  );
}

const paneStyle = (sizes: PaneSizes) =>
  ({
    "--list": `${sizes.list}px`,
    "--inspector": `${sizes.inspector}px`,
    "--inspector-below": `${sizes.inspectorBelow}px`,
    "--timeline": `${sizes.timeline}px`,
  }) as CSSProperties;

function Head({ video, status, actions }: Pick<WorkbenchProps, "video" | "status" | "actions">) {
  const t = useTranslations("studio.video");
  return (
    <header
      data-tour="head"
      className="flex min-h-12 shrink-0 items-center gap-2 border-b px-2 py-1.5 sm:px-4"
    >
      <NextLink
        href={routes.videos()}
        aria-label={t("back")}
        className={buttonStyle({ variant: "quiet", shape: "icon" })}
      >
        <ArrowLeft aria-hidden="true" />
      </NextLink>
      <h1 className="min-w-0 truncate font-semibold text-md" title={video.title}>
        {video.title}
      </h1>
      <div className="min-w-0 shrink-0">{status}</div>
      <div className="ml-auto flex shrink-0 items-center gap-1.5">{actions}</div>
    </header>
  );
}

/** The video page before anything is known, in its final shape. */
export function VideoPageSkeleton() {
  return (
    <div aria-hidden="true" className={pageStyle}>
      <div className="flex h-12 shrink-0 items-center gap-3 border-b px-4">
        <Skeleton className="size-7" />
        <Skeleton className="h-6 w-64" />
        <Skeleton className="ml-auto h-9 w-28" />
      </div>
      <div className="flex min-h-0 flex-1 low:flex-row flex-col lg:flex-row">
        <div className="low:w-[max(45%,min(20.5rem,50%))] shrink-0 lg:flex-1">
          <Skeleton className="aspect-video max-h-[36dvh] w-full rounded-none lg:max-h-[calc(100dvh-15rem)]" />
        </div>
        <div className="flex-1 low:border-t-0 border-t low:border-l lg:w-[27rem] lg:flex-none lg:border-t-0 lg:border-l xl:w-[32rem]">
          <TrackSkeleton />
        </div>
      </div>
    </div>
  );
}
