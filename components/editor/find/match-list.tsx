"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { findMatches, type Range, replaceMatches } from "@/lib/subtitles/search";
import { formatClock } from "@/lib/subtitles/time";
import { targetName } from "@/lib/translation/targets";
import { type FindState, type Place, placeKey, searchOf } from "./find-state";
import type { Matches, SearchedTrack } from "./use-matches";

/** Nobody looks through more of them in a panel. */
const maxShown = 200;

interface MatchListProps {
  matches: Matches;
  state: FindState;
  /** Matches that stay as they are, by `placeKey`. */
  leftOut: ReadonlySet<string>;
  onLeaveOut: (leftOut: ReadonlySet<string>) => void;
  current: Place | null;
  onGo: (place: Place) => void;
}

/** Every match as it is and as it would be, each to be left out. */
export function MatchList(props: MatchListProps) {
  const { matches } = props;
  const t = useTranslations("editor.find");
  const locale = useLocale();
  const several = matches.tracks.length > 1;
  let shown = 0;
  return (
    <div className="min-h-0 overflow-y-auto rounded-base border bg-surface">
      {matches.tracks.map((track) => {
        const places = matches.places.filter(({ trackId }) => trackId === track.id);
        const room = Math.max(0, maxShown - shown);
        shown += places.length;
        return places.length === 0 ? null : (
          <section key={track.id}>
            {several ? (
              <h3 className="sticky top-0 border-b bg-sunken px-2 py-1 font-medium text-sm">
                {targetName(track.language, locale)} · {places.length}
              </h3>
            ) : null}
            <ul>
              {places.slice(0, room).map((place) => (
                <MatchLine key={placeKey(place)} {...props} track={track} place={place} />
              ))}
            </ul>
          </section>
        );
      })}
      {shown > maxShown ? (
        <p className="px-2 py-1.5 text-ink-muted text-sm">
          {t("more", { count: shown - maxShown })}
        </p>
      ) : null}
    </div>
  );
}

interface MatchLineProps extends MatchListProps {
  track: SearchedTrack;
  place: Place;
}

function MatchLine(props: MatchLineProps) {
  const { state, leftOut, onLeaveOut, current, onGo, track, place } = props;
  const t = useTranslations("editor.find");
  const cue = track.cues.find(({ id }) => id === place.cueId);
  if (!cue) return null;
  const key = placeKey(place);
  const toggle = () => {
    const next = new Set(leftOut);
    if (!next.delete(key)) next.add(key);
    onLeaveOut(next);
  };
  const time = formatClock(cue.startMs);
  return (
    <li className="flex items-start gap-2 border-b px-2 py-1 text-sm last:border-b-0 has-[[aria-current]]:bg-accent-soft">
      {state.replacing ? (
        <input
          type="checkbox"
          aria-label={t("include", { time })}
          checked={!leftOut.has(key)}
          onChange={toggle}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
      ) : null}
      <button
        type="button"
        aria-current={current && placeKey(current) === key ? "true" : undefined}
        onClick={() => onGo(place)}
        className="flex min-w-0 flex-1 gap-2 text-left"
      >
        <span className="shrink-0 text-ink-muted tabular-nums">{time}</span>
        <span lang={track.language} className="min-w-0 flex-1">
          <Words cue={cue} state={state} place={place} />
        </span>
      </button>
    </li>
  );
}

/** The text with the match marked; where it is to be replaced, what would stand in its place. */
function Words({ cue, state, place }: { cue: Cue; state: FindState; place: Place }) {
  const search = searchOf(state);
  if (state.replacing) {
    const choose = (_: string, match: number) => match === place.match;
    const replaced = replaceMatches({ cues: [cue], search, template: state.template, choose });
    const change = replaced.ok ? replaced.changes[0] : undefined;
    const removed = change?.removed[0];
    const inserted = change?.inserted[0];
    if (change && removed && inserted) {
      const before = plainText(change.before);
      const after = plainText(change.after);
      return (
        <>
          {oneLine(before.slice(0, removed.from))}
          <del className="bg-danger-soft text-danger">
            {oneLine(before.slice(removed.from, removed.to))}
          </del>
          <ins className="bg-success-soft text-success no-underline">
            {oneLine(after.slice(inserted.from, inserted.to))}
          </ins>
          {oneLine(before.slice(removed.to))}
        </>
      );
    }
  }
  const found = findMatches([cue], search);
  const match = found.ok ? found.cues[0]?.matches[place.match] : undefined;
  const plain = plainText(cue.text);
  return match ? marked(plain, [match]) : oneLine(plain);
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, " ");

/** A text with stretches of it marked. */
export function marked(text: string, ranges: readonly Range[]): ReactNode {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const range of ranges) {
    parts.push(text.slice(from, range.from));
    parts.push(
      <mark
        key={range.from}
        className="rounded-xs bg-warning-soft text-ink outline outline-warning/40"
      >
        {text.slice(range.from, range.to)}
      </mark>,
    );
    from = range.to;
  }
  parts.push(text.slice(from));
  return parts;
}
