import type { FollowMode } from "@/components/editor/list/follow";
import type { ActiveCues } from "@/components/player/active-cues";
import type { Player } from "@/components/player/player";
import type { RuleProfile } from "@/lib/subtitles/rules";
import type { Times } from "./drag-times";
import type { LaneDocument } from "./live-lane";
import type { SceneWords } from "./scene";
import type { TimelineView } from "./view";

/** What a timeline shows, and where it hears of changes. */
export interface TimelineParts {
  document: LaneDocument & { subscribeContent(listener: () => void): () => void };
  player: Player;
  active: ActiveCues;
  selection: {
    get(): { cueId: string | null; range: ReadonlySet<string> };
    subscribe(listener: () => void): () => void;
  };
  /** Whether it goes with the playhead. */
  follow: {
    get(): FollowMode;
    subscribe(listener: () => void): () => void;
  };
}

/** What changes seldom and comes with React. */
export interface TimelineFacts {
  profile: RuleProfile;
  fps: number | null;
  /** Of the video; 0: not known. */
  durationMs: number;
  shots: readonly number[];
  speech: readonly Times[];
  readOnly: boolean;
  words: SceneWords;
}

export interface TimelineState {
  view: TimelineView;
  /** The person has scrolled away from the playhead. */
  away: boolean;
  dragging: boolean;
}
