import { type CueIndex, cueIndex } from "@/lib/subtitles/active-cues";
import type { Cue, TrackContent } from "@/lib/subtitles/model";
import { applyOperation, type EditOperation } from "@/lib/subtitles/operations";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { type Effects, effectsOf, sameCue, sameValue, withEffects } from "./effects";
import { isAboutVoices, type Listener, Listeners } from "./listeners";
import { type CueChange, OrderedCues } from "./ordered-cues";

/** An edit that is shown over what the server said. */
interface Overlay {
  operation: EditOperation;
  effects: Effects;
}

interface Typing {
  cueId: string;
  text: string;
  /** The text under what is being written, as the writer knows it. */
  seenText: string;
  /** The newest revision at which that was the text. */
  seenRevision: number;
}

type Planned =
  /** `changes`: false when everything is so already. */
  | { ok: true; inverse: EditOperation; changes: boolean }
  | { ok: false; cueId: string; code: "cue_not_found" | "cue_exists" };

/**
 * A track on the screen: what the server last said, with the person's own edits on top, and on top
 * of those what is being written. An edit costs what it touches, not what the track holds, and
 * tells only the listeners of what changed.
 */
export class TrackDocument {
  readonly #confirmed = new Map<string, Cue>();
  readonly #shown = new Map<string, Cue>();
  #order: OrderedCues;
  #confirmedStyle: SubtitleStyle | null;
  #style: SubtitleStyle | null;
  readonly #overlays = new Map<string, Overlay>();
  readonly #overlaysOf = new Map<string, Overlay[]>();
  /** Looks of the whole track that aren't confirmed, the newest last. */
  readonly #styles = new Map<string, SubtitleStyle | null>();
  #typing: Typing | undefined;
  #revision: number;
  #version = 0;
  #index: CueIndex | undefined;
  #copy: readonly Cue[] | undefined;
  #voices: readonly Cue[] | undefined;
  readonly #listeners = new Listeners();

  constructor(content: TrackContent, revision = 0) {
    this.#order = new OrderedCues(content.cues);
    for (const cue of this.#order.cues) {
      this.#confirmed.set(cue.id, cue);
      this.#shown.set(cue.id, cue);
    }
    this.#confirmedStyle = content.style;
    this.#style = content.style;
    this.#revision = revision;
  }

  /** In the order of the track; the same array until cues come, go or change places. */
  get ids(): readonly string[] {
    return this.#order.ids;
  }

  /** How the track looks; null: the usual look. The same object until it changes. */
  get style(): SubtitleStyle | null {
    return this.#style;
  }

  /** The newest revision that the server's side of it includes. */
  get revision(): number {
    return this.#revision;
  }

  /** Grows with every change of anything. */
  get version(): number {
    return this.#version;
  }

  /** The same object until the cue changes. */
  cue(cueId: string): Cue | undefined {
    return this.#shown.get(cueId);
  }

  /** All cues in order; the same array until one of them changes. */
  cues(): readonly Cue[] {
    this.#copy ??= [...this.#order.cues];
    return this.#copy;
  }

  /** All cues in order, as far as who speaks when goes: the same array until that changes. */
  voices(): readonly Cue[] {
    this.#voices ??= this.cues();
    return this.#voices;
  }

  /** The cues on the picture at a time, with their present texts. */
  activeAt(ms: number): Cue[] {
    this.#index ??= cueIndex(this.#order.cues);
    return this.#index.activeAt(ms).flatMap((cue) => this.#shown.get(cue.id) ?? []);
  }

  /** A cue as the server has it. */
  confirmedCue(cueId: string): Cue | undefined {
    return this.#confirmed.get(cueId);
  }

  /** The track's style as the server has it. */
  get confirmedStyle(): SubtitleStyle | null {
    return this.#confirmedStyle;
  }

  /** What an edit made now would do, and how to take it back. */
  plan(operation: EditOperation): Planned {
    if (operation.kind === "setTrackStyle") {
      const inverse = { kind: "setTrackStyle" as const, style: this.#style };
      return { ok: true, inverse, changes: !sameValue(this.#style, operation.style) };
    }
    const ids = new Set(effectsOf(operation).keys());
    const touched = new OrderedCues([...ids].flatMap((id) => this.#written(id) ?? []));
    const applied = applyOperation(touched.cues, operation);
    if (applied.ok) {
      const after = new Map(applied.cues.map((cue) => [cue.id, cue]));
      const changes = [...ids].some((id) => !sameCue(this.#written(id), after.get(id)));
      return { ok: true, inverse: applied.inverse, changes };
    }
    if (applied.code === "needs_snapshot") throw new Error(applied.code);
    return applied;
  }

  /** Shows an edit over what the server said until `hide`; one of the same key is replaced. */
  show(key: string, operation: EditOperation): void {
    const overlay: Overlay = { operation, effects: effectsOf(operation) };
    const touched = new Set(overlay.effects.keys());
    const before = this.#overlays.get(key);
    for (const id of before?.effects.keys() ?? []) touched.add(id);
    for (const id of touched) {
      const list = this.#overlaysOf.get(id)?.slice() ?? [];
      const place = before ? list.indexOf(before) : -1;
      if (!overlay.effects.has(id)) list.splice(place, 1);
      else list.splice(place < 0 ? list.length : place, place < 0 ? 0 : 1, overlay);
      this.#setOverlays(id, list);
    }
    this.#overlays.set(key, overlay);
    if (operation.kind === "setTrackStyle") this.#styles.set(key, operation.style);
    this.#noteWritten(operation);
    this.#refresh(touched);
  }

  /** Takes edits away again, e.g. because the server has them now. */
  hide(keys: Iterable<string>): void {
    const touched = new Set<string>();
    const going = new Set<Overlay>();
    for (const key of keys) {
      const overlay = this.#overlays.get(key);
      if (!overlay) continue;
      this.#overlays.delete(key);
      this.#styles.delete(key);
      going.add(overlay);
      for (const id of overlay.effects.keys()) touched.add(id);
    }
    for (const id of touched) {
      const left = this.#overlaysOf.get(id)?.filter((overlay) => !going.has(overlay)) ?? [];
      this.#setOverlays(id, left);
    }
    if (going.size > 0) this.#refresh(touched);
  }

  /**
   * An edit that is in the server's log, the next after `revision`. False when it doesn't fit what
   * is known: the track is to be read anew.
   */
  applyConfirmed(operation: EditOperation, revision: number): boolean {
    if (operation.kind === "setTrackStyle") this.#confirmedStyle = operation.style;
    const effects = effectsOf(operation);
    for (const [id, list] of effects) {
      const cue = this.#confirmed.get(id);
      const first = list[0]?.kind;
      if (!cue && first !== "put") return false;
      const after = withEffects(cue, list);
      if (after) this.#confirmed.set(id, after);
      else this.#confirmed.delete(id);
    }
    this.#revision = revision;
    this.#refresh(effects.keys());
    return true;
  }

  /** The track as the server has it now; what isn't confirmed stays on top. */
  adopt(content: TrackContent, revision: number): void {
    const touched = new Set(this.#confirmed.keys());
    this.#confirmed.clear();
    for (const cue of content.cues) {
      this.#confirmed.set(cue.id, cue);
      touched.add(cue.id);
    }
    this.#confirmedStyle = content.style;
    this.#revision = revision;
    this.#refresh(touched);
  }

  /**
   * What is being written at this moment, from the first look at the text on, so that the picture
   * shows it and so that what somebody else does to it meanwhile is noticed. `undefined` ends it.
   */
  setTyped(cueId: string, text: string | undefined): void {
    const before = this.#typing;
    if (text === undefined) {
      if (before?.cueId === cueId) this.#typing = undefined;
    } else if (before?.cueId === cueId) {
      this.#typing = { ...before, text };
    } else {
      const seenText = this.#written(cueId)?.text ?? "";
      this.#typing = { cueId, text, seenText, seenRevision: this.#revision };
    }
    this.#refresh(before && before.cueId !== cueId ? [before.cueId, cueId] : [cueId]);
  }

  /** What somebody who writes this edit has seen: a revision. */
  seenBy(operation: EditOperation): number {
    const typing = this.#typing;
    const written = operation.kind === "setText" && typing?.cueId === operation.cueId;
    return written ? typing.seenRevision : this.#revision;
  }

  /** Cues came, went or changed places. */
  readonly subscribeList = (listener: Listener) => this.#listeners.list(listener);
  /** Any cue changed, in whatever way. */
  readonly subscribeTexts = (listener: Listener) => this.#listeners.texts(listener);
  /** Others speak, or at other times: see `voices`. */
  readonly subscribeVoices = (listener: Listener) => this.#listeners.voices(listener);
  /** Anything changed, the track's style included: see `version`. */
  readonly subscribeContent = (listener: Listener) => this.#listeners.content(listener);
  /** One cue changed, came or went. */
  subscribeCue(cueId: string, listener: Listener): () => void {
    return this.#listeners.cue(cueId, listener);
  }

  #setOverlays(cueId: string, list: Overlay[]): void {
    if (list.length === 0) this.#overlaysOf.delete(cueId);
    else this.#overlaysOf.set(cueId, list);
  }

  /** A cue with all edits, without what is being written. */
  #written(cueId: string): Cue | undefined {
    let cue = this.#confirmed.get(cueId);
    for (const { effects } of this.#overlaysOf.get(cueId) ?? []) {
      cue = withEffects(cue, effects.get(cueId));
    }
    return cue;
  }

  #project(cueId: string): Cue | undefined {
    const cue = this.#written(cueId);
    const typing = this.#typing;
    if (!cue || typing?.cueId !== cueId) return cue;
    return cue.text === typing.text ? cue : { ...cue, text: typing.text };
  }

  /** The writer's own words are no surprise to the writer. */
  #noteWritten(operation: EditOperation): void {
    if (operation.kind !== "setText" || this.#typing?.cueId !== operation.cueId) return;
    this.#typing = { ...this.#typing, seenText: operation.text };
  }

  #refresh(cueIds: Iterable<string>): void {
    const changes: CueChange[] = [];
    for (const id of cueIds) {
      const before = this.#shown.get(id);
      const after = this.#project(id);
      if (sameCue(before, after)) continue;
      if (after) this.#shown.set(id, after);
      else this.#shown.delete(id);
      changes.push({ before, after });
    }
    this.#lookUnderTyping();
    const style = this.#styles.size > 0 ? [...this.#styles.values()].at(-1) : this.#confirmedStyle;
    const restyled = style !== undefined && !sameValue(style, this.#style);
    if (restyled) this.#style = style;
    if (changes.length === 0 && !restyled) return;
    this.#version += 1;
    const reordered = changes.length > 0 && this.#order.change(changes);
    if (changes.length > 0) this.#copy = undefined;
    if (changes.some(isAboutVoices)) {
      this.#index = undefined;
      this.#voices = undefined;
    }
    this.#listeners.tell(changes, reordered);
  }

  /** As long as the text underneath is the one that the writer knows, nothing was missed. */
  #lookUnderTyping(): void {
    const typing = this.#typing;
    if (!typing || this.#written(typing.cueId)?.text !== typing.seenText) return;
    typing.seenRevision = this.#revision;
  }
}
