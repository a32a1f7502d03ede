"use client";

import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { afterPaint } from "@/lib/client/after-paint";
import { useCueIds } from "@/lib/client/use-track";
import { useEditor, useSelection } from "../editor-context";
import { CueRow } from "./cue-row";
import { scrollForRow } from "./follow";
import { placesOf } from "./places";
import { nextIndex } from "./text-keys";
import { useFollow } from "./use-follow";

/** A row of two lines, until it is measured. */
const rowPx = 49;
/** By so much a row grows when its text is opened, at most, two lines and its figures in it. */
const openPx = 100;
/** What stays in sight above and below a text that is written: a neighbour, also one of three lines. */
const aheadPx = 70;
/** Farther than this many views away, the list jumps instead of gliding. */
const glideViews = 1.5;

type Rows = Virtualizer<HTMLDivElement, Element>;

/** All cues in order; only those in sight are on the page. */
export function CueList() {
  const { session } = useEditor();
  const t = useTranslations("editor.list");
  const ids = useCueIds(session);
  const view = useRef<HTMLDivElement>(null);
  const rows = useRows(view, ids);
  const follow = useFollow();
  useShownSelection(rows, ids);
  useFollowing(rows, view, ids);
  const onKeyDown = useListKeys(ids);
  return (
    // Scrolling with wheel, finger or scroll bar is what pauses the following.
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are the controls
    <div
      ref={view}
      onKeyDown={onKeyDown}
      onWheel={() => follow.on("scrolled")}
      onTouchMove={() => follow.on("scrolled")}
      onPointerDown={(event) => event.target === event.currentTarget && follow.on("scrolled")}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain [contain:strict] [overflow-anchor:none]"
    >
      <ol
        aria-label={t("label")}
        className="relative w-full"
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const id = ids[index];
          return id === undefined ? null : (
            <li
              key={id}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={ids.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              <CueRow cueId={id} index={index} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function useRows(view: RefObject<HTMLDivElement | null>, ids: readonly string[]): Rows {
  const { selection } = useEditor();
  return useVirtualizer<HTMLDivElement, Element>({
    count: ids.length,
    getScrollElement: () => view.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 8,
    // The row with the focus stays on the page, or scrolling away would drop the focus.
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range);
      const chosen = placesOf(ids).get(selection.get().cueId ?? "");
      if (chosen === undefined || inSight.includes(chosen)) return inSight;
      return [...inSight, chosen].sort((a, b) => a - b);
    },
  });
}

/** Brings the chosen cue into sight, whoever has chosen it. */
function useShownSelection(rows: Rows, ids: readonly string[]): void {
  const { selection } = useEditor();
  const cueId = useSelection((selection) => selection.cueId);
  const opened = useRef(false);
  const show = useEffectEvent((): (() => void) | undefined => {
    const index = placesOf(ids).get(cueId ?? "");
    if (index === undefined) return undefined;
    const centre = () => rows.scrollToIndex(index, { align: "center" });
    if (!opened.current) {
      opened.current = true;
      centre();
    } else if (!isInSight(rows, index, 0)) {
      if (selection.get().editing) centre();
      else rows.scrollToIndex(index);
    } else if (selection.get().editing && !isInSight(rows, index, aheadPx)) {
      // Whoever writes on sees what comes, and going on to the next never has to scroll for it.
      return afterPaint(centre);
    }
    return undefined;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another cue is chosen
  useEffect(() => show(), [cueId]);
}

/** Whether a row is in sight with room to open, and so much more of the list on both sides. */
function isInSight(rows: Rows, index: number, marginPx: number): boolean {
  const { measurementsCache, scrollOffset, scrollRect } = rows;
  const row = measurementsCache[index];
  if (!row || scrollOffset === null || !scrollRect) return false;
  const top = scrollOffset + (index === 0 ? 0 : marginPx);
  return row.start >= top && row.end + openPx + marginPx <= scrollOffset + scrollRect.height;
}

/** Arrows and their like go from cue to cue; with Shift they choose several. */
function useListKeys(ids: readonly string[]) {
  const { session, selection, dispatch, player } = useEditor();
  const follow = useFollow();
  return (event: KeyboardEvent) => {
    const { cueId, editing } = selection.get();
    if (editing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!(event.target instanceof Element && event.target.closest("[data-player-keys]"))) return;
    const at = placesOf(ids).get(cueId ?? "") ?? -1;
    const index = nextIndex(event.key, Math.max(0, at), ids.length);
    if (index === undefined) return;
    event.preventDefault();
    const next = ids[at < 0 && event.key === "ArrowDown" ? 0 : index];
    if (next === undefined) return;
    if (event.shiftKey) return dispatch({ kind: "extend", cueId: next, ids, focus: true });
    dispatch({ kind: "select", cueId: next, focus: true });
    follow.on("returned");
    player.seek(session.document.cue(next)?.startMs ?? player.timeMs);
  };
}

/** Keeps the current cue in sight, unless somebody is writing or has scrolled away. */
function useFollowing(
  rows: Rows,
  view: RefObject<HTMLDivElement | null>,
  ids: readonly string[],
): void {
  const { active } = useEditor();
  const { mode } = useFollow();
  const editing = useSelection((selection) => selection.editing);
  const bringIntoView = useEffectEvent(() => {
    const element = view.current;
    const cue = active.get()[0];
    if (!element || !cue || mode !== "on" || editing) return;
    const row = rows.measurementsCache[placesOf(ids).get(cue.id) ?? -1];
    if (!row) return;
    const viewHeightPx = element.clientHeight;
    const place = { rowTopPx: row.start, rowHeightPx: row.size };
    const top = scrollForRow({ ...place, viewTopPx: element.scrollTop, viewHeightPx });
    if (top === null) return;
    const far = Math.abs(top - element.scrollTop) > viewHeightPx * glideViews;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollTo({ top, behavior: far || still ? "instant" : "smooth" });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: following again starts with a move
  useEffect(() => {
    bringIntoView();
    return active.subscribe(() => bringIntoView());
  }, [active, mode, editing]);
}
