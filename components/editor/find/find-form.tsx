"use client";

import {
  ALargeSmall,
  ChevronDown,
  ChevronUp,
  type LucideIcon,
  Regex,
  Replace,
  WholeWord,
  X,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { Tooltip } from "@/components/ui/tooltip";
import { useAnnounce } from "../actions/announcer";
import { useEditor } from "../editor-context";
import { useCommand } from "../keys/keys-context";
import { placesOf } from "../list/places";
import { useFollow } from "../list/use-follow";
import { useFind } from "./find-context";
import { nextPlace, type Place, placeKey } from "./find-state";
import { MatchList } from "./match-list";
import { type Matches, useMatches } from "./use-matches";
import { useReplacing } from "./use-replacing";

/** What is looked for and where it was found, while the panel is open. */
export function FindForm() {
  const { state } = useFind();
  const t = useTranslations("editor.find");
  const matches = useMatches(state);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const places = matches.places.filter((place) => !leftOut.has(placeKey(place)));
  const walk = useWalk(places);
  const close = useClosing();
  const query = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  const listed = state.query !== "" && (state.replacing || state.everywhere);
  return (
    <search
      aria-label={t("label")}
      onKeyDown={onKeyDown}
      className="flex max-h-[55%] shrink-0 flex-col low:max-h-[85%] low:shrink low:overflow-y-auto max-sm:max-h-[70%] max-sm:min-h-0 max-sm:shrink gap-2 border-b bg-raised p-2"
    >
      <div className="tool-row flex items-center gap-1 max-sm:flex-wrap">
        <QueryField field={query} onGo={walk.next} />
        <Toggle name="matchCase" icon={ALargeSmall} />
        <Toggle name="wholeWord" icon={WholeWord} />
        <Toggle name="regex" icon={Regex} />
        <IconButton size="sm" label={t("previous")} onClick={() => walk.next(-1)}>
          <ChevronUp aria-hidden="true" />
        </IconButton>
        <IconButton size="sm" label={t("next")} onClick={() => walk.next(1)}>
          <ChevronDown aria-hidden="true" />
        </IconButton>
        <Toggle name="replacing" icon={Replace} />
        <IconButton size="sm" label={t("close")} onClick={close}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {state.replacing ? (
        <ReplaceLine
          {...{ matches, walk, leftOut }}
          count={places.length}
          // The button has nothing more to do, and would take the focus with it.
          onReplacedAll={() => query.current?.focus()}
        />
      ) : null}
      <Outcome matches={matches} at={walk.place} count={places.length} />
      {listed && matches.places.length > 0 ? (
        <MatchList
          {...{ matches, state, leftOut }}
          onLeaveOut={setLeftOut}
          current={walk.current}
          onGo={walk.goTo}
        />
      ) : null}
    </search>
  );
}

interface ReplaceLineProps {
  matches: Matches;
  walk: ReturnType<typeof useWalk>;
  leftOut: ReadonlySet<string>;
  /** Matches that would be replaced. */
  count: number;
  onReplacedAll: () => void;
}

function ReplaceLine({ matches, walk, leftOut, count, onReplacedAll }: ReplaceLineProps) {
  const { state, change } = useFind();
  const t = useTranslations("editor.find");
  const replacing = useReplacing(state);
  const disabled = replacing.readOnly || count === 0;
  const replaceOne = () => {
    // Nothing is replaced that hasn't been looked at.
    if (!walk.current) return void walk.next(1);
    if (replacing.replaceOne(matches.tracks, walk.current)) walk.next(1);
  };
  const replaceAll = () => {
    replacing.replaceAll(matches.tracks, leftOut);
    onReplacedAll();
  };
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Input
        aria-label={t("template")}
        placeholder={t("template")}
        value={state.template}
        maxLength={2_000}
        autoComplete="off"
        onChange={(event) => change({ template: event.target.value })}
        className="h-8 min-w-40 flex-1 px-2"
      />
      <Button size="sm" disabled={disabled} onClick={replaceOne}>
        {t("replaceOne")}
      </Button>
      <Button size="sm" variant="primary" disabled={disabled} onClick={replaceAll}>
        {t("replaceAll", { count })}
      </Button>
    </div>
  );
}

/** How much was found, or why nothing can be; and where it is looked for. */
function Outcome({ matches, at, count }: { matches: Matches; at: number; count: number }) {
  const { tracks } = useEditor();
  const { state, change } = useFind();
  const t = useTranslations("editor.find");
  const { problem, failed } = matches;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 text-sm">
      <p role="status" className={cn("text-ink-muted", problem && "text-warning")}>
        {state.query === "" || problem === "empty"
          ? t("empty")
          : problem
            ? t(`problem.${problem}`)
            : t("count", { at, count })}
        {failed ? ` ${t("othersFailed")}` : null}
      </p>
      {tracks.length > 1 ? (
        <Switch
          label={t("everywhere")}
          checked={state.everywhere}
          onCheckedChange={(everywhere) => change({ everywhere })}
        />
      ) : null}
    </div>
  );
}

/** Going from match to match. */
function useWalk(places: readonly Place[]) {
  const { session, selection, dispatch, player, openTrack } = useEditor();
  const follow = useFollow();
  const t = useTranslations("editor.find");
  const announce = useAnnounce();
  const [current, setCurrent] = useState<Place | null>(null);
  const goTo = (place: Place) => {
    setCurrent(place);
    if (place.trackId !== session.trackId) return openTrack(place.trackId, place.cueId);
    dispatch({ kind: "select", cueId: place.cueId, focus: false });
    follow.on("returned");
    player.seek(session.document.cue(place.cueId)?.startMs ?? player.timeMs);
    const at = places.findIndex((other) => placeKey(other) === placeKey(place)) + 1;
    announce(t("count", { at, count: places.length }));
  };
  const next = (step: 1 | -1): Place | undefined => {
    const { cueId } = selection.get();
    const order = placesOf(session.document.ids);
    const place = nextPlace({ places, current, cueId, order, step });
    if (place) goTo(place);
    else announce(t("none"));
    return place;
  };
  useCommand("find.next", () => void next(1));
  useCommand("find.previous", () => void next(-1));
  const place = current
    ? places.findIndex((other) => placeKey(other) === placeKey(current)) + 1
    : 0;
  return { current: place > 0 ? current : null, place, goTo, next };
}

/** Closes the panel and goes back to the list. */
function useClosing(): () => void {
  const { selection, dispatch } = useEditor();
  const { change } = useFind();
  return () => {
    change({ open: false });
    const { cueId } = selection.get();
    if (cueId !== null) dispatch({ kind: "select", cueId, focus: true });
  };
}

interface QueryFieldProps {
  field: RefObject<HTMLInputElement | null>;
  onGo: (step: 1 | -1) => void;
}

function QueryField({ field, onGo }: QueryFieldProps) {
  const { state, change } = useFind();
  const t = useTranslations("editor.find");
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it is asked for
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [field, state.asked]);
  return (
    <Input
      ref={field}
      type="search"
      aria-label={t("query")}
      placeholder={t("query")}
      value={state.query}
      maxLength={1_000}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => change({ query: event.target.value })}
      onKeyDown={(event) => {
        // Enter in the middle of a syllable ends the syllable.
        if (event.key !== "Enter" || event.nativeEvent.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        onGo(event.shiftKey ? -1 : 1);
      }}
      className="h-8 min-w-24 flex-1 px-2 pointer-coarse:min-w-36 max-sm:basis-full"
    />
  );
}

interface ToggleProps {
  name: "matchCase" | "wholeWord" | "regex" | "replacing";
  icon: LucideIcon;
}

function Toggle({ name, icon: Icon }: ToggleProps) {
  const { state, change } = useFind();
  const t = useTranslations("editor.find");
  const on = state[name];
  return (
    <Tooltip content={t(name)}>
      <IconButton
        size="sm"
        label={t(name)}
        aria-pressed={on}
        onClick={() => change({ [name]: !on })}
        className={cn(on && "bg-accent-soft text-accent not-disabled:hover:text-accent")}
      >
        <Icon aria-hidden="true" />
      </IconButton>
    </Tooltip>
  );
}
