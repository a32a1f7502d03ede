"use client";

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import {
  type Dispatch,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useSyncExternalStore,
} from "react";
import type { ActiveCues } from "@/components/player/active-cues";
import type { Player } from "@/components/player/player";
import type { TrackSession } from "@/lib/client/use-track";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { type CueListAction, type CueListState, nextIndex } from "./cue-list-state";
import { CueRow } from "./cue-row";
import { type FollowEvent, type FollowMode, scrollForRow } from "./follow";

interface CueListProps {
  session: TrackSession;
  active: ActiveCues;
  player: Player;
  profile: RuleProfile;
  language: string;
  state: CueListState;
  dispatch: Dispatch<CueListAction>;
  follow: FollowMode;
  onFollow: (event: FollowEvent) => void;
  conflictedIds: ReadonlySet<string>;
}

/** A row of two lines, until it is measured. */
const rowPx = 61;
/** Farther than this many views away, the list jumps instead of gliding. */
const glideViews = 1.5;

/** All cues in order; only those in sight are on the page. */
export function CueList(props: CueListProps) {
  const { session, state, dispatch, onFollow, player } = props;
  const t = useTranslations("studio.editor");
  const { document: track } = session;
  const ids = useSyncExternalStore(
    track.subscribeList,
    () => track.ids,
    () => track.ids,
  );
  const view = useRef<HTMLDivElement>(null);
  const selectedIndex = state.selectedId === null ? -1 : ids.indexOf(state.selectedId);
  const virtualizer = useVirtualRows(view, ids, selectedIndex);
  const showOpened = useEffectEvent(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: "center" });
  });
  // A list that opens at a cue shows it, wherever it is.
  useEffect(() => showOpened(), []);
  const goTo = (index: number) => {
    const cueId = ids[index];
    if (cueId === undefined) return;
    dispatch({ kind: "select", cueId, focus: true });
    virtualizer.scrollToIndex(index, { align: "auto" });
    player.seek(track.cue(cueId)?.startMs ?? 0);
  };

  useFollowing(props, view, (cueId) => {
    const index = ids.indexOf(cueId);
    const row = virtualizer.measurementsCache[index];
    return row ? { rowTopPx: row.start, rowHeightPx: row.size } : undefined;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (state.editing || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = nextIndex(event.key, Math.max(0, selectedIndex), ids.length);
    if (index === undefined) return;
    event.preventDefault();
    goTo(selectedIndex < 0 && event.key === "ArrowDown" ? 0 : index);
  };

  return (
    // Scrolling with wheel, finger or scroll bar is what pauses the following.
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are the controls
    <div
      ref={view}
      onKeyDown={onKeyDown}
      onWheel={() => onFollow("scrolled")}
      onTouchMove={() => onFollow("scrolled")}
      onPointerDown={(event) => event.target === event.currentTarget && onFollow("scrolled")}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none]"
    >
      <ol
        aria-label={t("list")}
        className="relative w-full"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <li
            key={ids[index] ?? index}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={ids.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start}px)` }}
          >
            <PlacedRow {...props} ids={ids} index={index} selectedIndex={selectedIndex} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function useVirtualRows(
  view: RefObject<HTMLDivElement | null>,
  ids: readonly string[],
  selectedIndex: number,
) {
  return useVirtualizer({
    count: ids.length,
    getScrollElement: () => view.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 8,
    // The row with the focus stays on the page, or scrolling away would drop the focus.
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range);
      if (selectedIndex < 0 || inSight.includes(selectedIndex)) return inSight;
      return [...inSight, selectedIndex].sort((a, b) => a - b);
    },
  });
}

interface PlacedRowProps extends CueListProps {
  ids: readonly string[];
  index: number;
  /** -1 when no cue is selected; the Tab key then reaches the first. */
  selectedIndex: number;
}

function PlacedRow({ ids, index, selectedIndex, state, ...props }: PlacedRowProps) {
  const cueId = ids[index];
  if (cueId === undefined) return null;
  const selected = index === selectedIndex;
  const editing = selected && state.editing;
  return (
    <CueRow
      session={props.session}
      active={props.active}
      player={props.player}
      profile={props.profile}
      language={props.language}
      cueId={cueId}
      nextCueId={ids[index + 1]}
      selected={selected}
      tabStop={index === Math.max(0, selectedIndex)}
      editing={editing}
      focusRequest={selected && !editing ? state.focusRequest : 0}
      conflicted={props.conflictedIds.has(cueId)}
      dispatch={props.dispatch}
    />
  );
}

type Place = { rowTopPx: number; rowHeightPx: number } | undefined;

/** Keeps the current cue in sight, unless somebody is writing or has scrolled away. */
function useFollowing(
  { active, follow, state }: CueListProps,
  view: RefObject<HTMLDivElement | null>,
  placeOf: (cueId: string) => Place,
) {
  const editing = state.editing;
  const bringIntoView = useEffectEvent(() => {
    const element = view.current;
    const cue = active.get()[0];
    if (!element || !cue || follow !== "on" || editing) return;
    const place = placeOf(cue.id);
    if (!place) return;
    const viewHeightPx = element.clientHeight;
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
  }, [active, follow, editing]);
}
