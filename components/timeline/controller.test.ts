import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FollowMode } from "@/components/editor/list/follow";
import { ActiveCues } from "@/components/player/active-cues";
import { Player } from "@/components/player/player";
import { cueIndex } from "@/lib/subtitles/active-cues";
import { ruleProfile } from "@/lib/subtitles/rules";
import { TimelineController } from "./controller";
import type { TimelineElements } from "./surface";
import { possible, toMs } from "./view";

class Observer {
  observe() {}
  disconnect() {}
}

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", Observer);
  vi.stubGlobal("MutationObserver", Observer);
  vi.stubGlobal("requestAnimationFrame", () => 0);
  vi.stubGlobal("cancelAnimationFrame", () => {});
  vi.stubGlobal("devicePixelRatio", 1);
  vi.stubGlobal("document", { documentElement: {} });
});
afterEach(() => void vi.unstubAllGlobals());

/** A timeline of ten minutes, 500 px wide; nothing is drawn. */
function world(mode: FollowMode) {
  const none = () => () => {};
  const follow = {
    mode,
    tell: () => {},
    get: () => follow.mode,
    subscribe: (listener: () => void) => {
      follow.tell = listener;
      return () => {};
    },
  };
  const document = {
    ...{ cues: () => [], cue: () => undefined, voices: () => [], subscribeContent: none },
  };
  const timeline = new TimelineController(
    {
      ...{ document, follow, player: new Player(), active: new ActiveCues(cueIndex([])) },
      selection: { get: () => ({ cueId: null, range: new Set() }), subscribe: none },
    },
    {
      ...{ profile: ruleProfile("ko", { sameLanguage: true }), fps: null, durationMs: 600_000 },
      ...{ shots: [], speech: [], readOnly: false },
      words: { gap: () => "", empty: "", snap: () => "" },
    },
  );
  const elements = {
    area: { clientWidth: 500, clientHeight: 200 },
    canvas: { getContext: () => null },
    ...{ playhead: { style: {} }, thumb: { style: {} } },
  } as unknown as TimelineElements;
  const set = (next: FollowMode) => {
    follow.mode = next;
    follow.tell();
  };
  return { timeline, set, attach: () => timeline.attach(elements) };
}

it("comes back to the playhead when following is switched on, also once mounted again", () => {
  const { timeline, set, attach } = world("off");
  const lookElsewhere = () => {
    timeline.setView(possible({ ...timeline.view, fromMs: 300_000 }), { byPerson: true });
    expect(timeline.view.fromMs).toBe(300_000);
  };
  for (let mounted = 0; mounted < 2; mounted++) {
    const detach = attach();
    lookElsewhere();
    set("on");
    expect(timeline.view.fromMs).toBe(0);
    expect(toMs(timeline.view)).toBeGreaterThan(0);
    detach();
    set("off");
  }
});
