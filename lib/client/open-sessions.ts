"use client";

import { mutate } from "swr";
import { newId } from "@/lib/ids";
import type { TrackView } from "@/lib/tracks/schema";
import type {
  HistoryView,
  PresentPerson,
  SendEditsInput,
  SendEditsResult,
} from "@/lib/tracks/sync-schema";
import { ApiError, api } from "./api";
import { indexedDbOutbox } from "./edits/outbox";
import { mustRest } from "./edits/queue-state";
import { browserTabs, type Tabs } from "./edits/tabs";
import { type TrackChange, TrackFeed } from "./edits/track-feed";
import { openTrackSession, type TrackSession } from "./edits/track-session";

/** Longest body, in UTF-16 units, that is sent though the page goes away: 64 kB are the limit. */
const longestLeaving = 20_000;
/** Edits of tabs that have gone meanwhile are looked for so often. */
const lookAgainMs = 10_000;

export const trackPath = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}`;

const outbox = indexedDbOutbox();
let openTabs: Tabs | undefined;

/** This tab among those of the browser; its id also tells tabs apart in presence. */
export function thisTab(): Tabs {
  openTabs ??= browserTabs(newId());
  return openTabs;
}

/** Sessions outlive their page, so that edits go on being sent after a navigation. */
const works = new Map<string, SessionWork>();

/** The session of a track, the same one for as long as this tab lives. */
export function openSession(track: TrackView): TrackSession {
  const open = works.get(track.id);
  if (open?.isOf(track)) return open.session;
  open?.session.queue.lost(new ApiError("other_account"));
  for (const [id, work] of works) if (work.isIdle()) works.delete(id);
  const work = new SessionWork(track);
  works.set(track.id, work);
  return work.session;
}

/** What goes on behind a session; undefined: none is open. */
export const sessionWork = (trackId: string): SessionWork | undefined => works.get(trackId);

/** What an open session does beside its edits: follows others, and notices the page's comings. */
export class SessionWork {
  readonly session: TrackSession;
  readonly #feed: TrackFeed;
  readonly #listeners = new Set<() => void>();
  readonly #changed = new Set<(what: TrackChange) => void>();
  #people: readonly PresentPerson[] = [];
  #others: { of: readonly PresentPerson[]; others: readonly PresentPerson[] } = {
    of: this.#people,
    others: this.#people,
  };
  readonly #actorId: string;
  #attended = 0;
  #end: (() => void) | undefined;
  #reading: Promise<void> | undefined;

  constructor(track: TrackView) {
    this.#actorId = track.readerId;
    const path = trackPath(track.id);
    this.session = openTrackSession({
      track,
      outbox,
      tabs: thisTab(),
      send: (body, { leaving }) => this.#send(body, leaving),
      loadHistory: (before) => {
        const query = new URLSearchParams({ actorId: this.#actorId });
        if (before !== undefined) query.set("before", String(before));
        return api<HistoryView>(`${path}/history?${query}`);
      },
      reload: () => void this.read().catch(() => {}),
      actorId: () => this.#actorId,
      actorWas: track.readerWas,
    });
    const { queue, document: shown } = this.session;
    this.#feed = new TrackFeed({
      trackId: track.id,
      revision: () => shown.revision,
      onHello: () => queue.getState().status === "waiting" && this.#comeBack(),
      onEdits: queue.takeLog,
      onPresence: (people) => {
        this.#people = people;
        for (const listener of [...this.#listeners]) listener();
      },
      onChanged: (what) => {
        if (what === "access") void this.read().catch(() => {});
        for (const listener of [...this.#changed]) listener(what);
      },
      poll: () => this.read(),
      onLost: queue.lost,
    });
    // What had stopped both has passed.
    queue.subscribe(() => {
      const { status } = queue.getState();
      const works = status === "idle" || status === "sending";
      if (works && this.#end && document.visibilityState === "visible") this.#feed.start();
    });
    void queue.load();
  }

  /** Who has the track open, without this tab. */
  others(clientId: string): readonly PresentPerson[] {
    if (this.#others.of !== this.#people) {
      const others = this.#people.filter((person) => person.clientId !== clientId);
      this.#others = { of: this.#people, others };
    }
    return this.#others.others;
  }

  readonly subscribePeople = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Something beside the cues has changed and is to be read again. */
  readonly subscribeChanged = (listener: (what: TrackChange) => void): (() => void) => {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  };

  /** Whether it is the same person's, also as a visitor: another may have logged in in this tab. */
  isOf({ readerId, readerWas }: TrackView): boolean {
    return readerId === this.#actorId || readerWas.includes(this.#actorId);
  }

  isIdle(): boolean {
    return this.#attended === 0 && this.session.queue.getState().unsent === 0;
  }

  /** Takes in a reading of the track; not one of somebody else, whose edits these would become. */
  adopt(track: TrackView): void {
    if (!this.isOf(track)) throw new ApiError("other_account");
    this.session.role = track.role;
    this.session.queue.adopt(track);
  }

  /** Reads the track anew; one reading at a time. Rejects with `ApiError`. */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  #send(body: SendEditsInput, leaving: boolean): Promise<SendEditsResult> {
    const path = `${trackPath(this.session.trackId)}/operations`;
    const keepalive = leaving && JSON.stringify(body).length <= longestLeaving;
    return api<SendEditsResult>(path, { body, keepalive });
  }

  async #read(): Promise<void> {
    const path = trackPath(this.session.trackId);
    const answer = await api<{ track: TrackView }>(path);
    this.adopt(answer.track);
    await mutate(path, answer, { revalidate: false });
  }

  /** The track is shown: follows it until the answer is called. */
  attend(): () => void {
    this.#attended += 1;
    this.#end ??= this.#follow();
    return () => {
      this.#attended -= 1;
      if (this.#attended > 0) return;
      this.#end?.();
      this.#end = undefined;
    };
  }

  #follow(): () => void {
    const { queue, history } = this.session;
    const onVisible = () => {
      const visible = document.visibilityState === "visible";
      this.#feed.seen(visible);
      if (visible) void queue.load();
      else queue.flush({ leaving: true });
      if (visible) this.#comeBack();
    };
    const onHide = () => queue.flush({ leaving: true });
    const onBack = () => this.#comeBack();
    const onLeave = (event: BeforeUnloadEvent) => {
      queue.flush({ leaving: true });
      if (queue.getState().unsent > 0) event.preventDefault();
    };
    // On the window, after the fields of the page have said what stands in them.
    window.addEventListener("visibilitychange", onVisible);
    window.addEventListener("pagehide", onHide);
    window.addEventListener("focus", onBack);
    window.addEventListener("online", onBack);
    window.addEventListener("beforeunload", onLeave);
    const timer = setInterval(() => void queue.load(), lookAgainMs);
    this.#feed.start();
    void history.prepare();
    return () => {
      clearInterval(timer);
      window.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("pagehide", onHide);
      window.removeEventListener("focus", onBack);
      window.removeEventListener("online", onBack);
      window.removeEventListener("beforeunload", onLeave);
      this.#feed.stop();
      queue.flush();
    };
  }

  /** Whoever comes back may have logged in elsewhere, or been let in again. */
  #comeBack(): void {
    const { queue } = this.session;
    if (!mustRest(queue.getState(), Date.now())) queue.retry();
  }
}
