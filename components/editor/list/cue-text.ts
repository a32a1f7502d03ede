import type { TrackSession } from "@/lib/client/use-track";
import { newId } from "@/lib/ids";
import type { Cue } from "@/lib/subtitles/model";
import { tidyText } from "./text-keys";

/** The part of a session that writing needs. */
export type WritableSession = Pick<TrackSession, "edit"> & {
  document: Pick<TrackSession["document"], "cue" | "setTyped">;
};

/** The part of a `<textarea>` that it needs. */
export type TextField = Pick<
  HTMLTextAreaElement,
  "value" | "selectionStart" | "selectionEnd" | "setSelectionRange"
>;

interface CueTextOptions {
  session: WritableSession;
  cue: Cue;
  field: TextField;
  /** The cue went while somebody wrote: what they wrote mustn't go with it. */
  onLost: (cue: Cue, text: string) => void;
}

/** A pause this long begins a new step to undo, in ms. */
const stepPauseMs = 1_000;
/** What was typed is stored after so much rest, in ms. */
const restMs = 300;
/** Or after so much writing without a rest, so that no crash takes more than that. */
const longestMs = 1_000;

/**
 * What is written into the field of one cue, from its opening to its end. The field belongs to the
 * browser and the input method; texts of others and of an undo come into it only while nothing is
 * being composed and nothing unsaved stands there.
 */
export class CueText {
  readonly #session: WritableSession;
  readonly #cue: Cue;
  readonly #field: TextField;
  readonly #onLost: (cue: Cue, text: string) => void;
  /** What the field and the document agreed on last. */
  #seen: string;
  #dirty = false;
  #composing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #group = newId();
  #typedAtMs = 0;
  #dirtyAtMs = 0;
  /** What stood there before this person wrote, and what they have made of it. */
  #own: { before: string; after: string } | undefined;

  constructor({ session, cue, field, onLost }: CueTextOptions) {
    this.#session = session;
    this.#cue = cue;
    this.#field = field;
    this.#onLost = onLost;
    this.#seen = cue.text;
  }

  get caret(): number {
    return this.#field.selectionStart;
  }

  readonly input = (): void => {
    const now = Date.now();
    if (now - this.#typedAtMs > stepPauseMs) this.#group = newId(now);
    this.#typedAtMs = now;
    if (!this.#dirty) this.#dirtyAtMs = now;
    this.#dirty = true;
    this.#session.document.setTyped(this.#cue.id, this.#field.value);
    clearTimeout(this.#timer);
    if (this.#composing) return;
    const waitMs = Math.min(restMs, this.#dirtyAtMs + longestMs - now);
    this.#timer = setTimeout(this.commit, Math.max(0, waitMs));
  };

  readonly compositionStart = (): void => {
    this.#composing = true;
    clearTimeout(this.#timer);
  };

  readonly compositionEnd = (): void => {
    this.#composing = false;
    this.commit();
  };

  /** Stores what was written; not in the middle of a syllable. */
  readonly commit = (): void => {
    clearTimeout(this.#timer);
    if (this.#composing || !this.#dirty) return;
    const session = this.#session;
    const { id } = this.#cue;
    const text = tidyText(this.#field.value);
    const stored =
      text === this.#seen ||
      session.edit({ kind: "setText", cueId: id, text }, { group: this.#group });
    if (text !== this.#seen) {
      const before = this.#own?.after === this.#seen ? this.#own.before : this.#seen;
      this.#own = { before, after: text };
    }
    this.#dirty = false;
    session.document.setTyped(id, undefined);
    if (!stored) this.#onLost(this.#cue, text);
    this.#adopt();
  };

  /**
   * Puts back the text that stood there before this person wrote, as a step of its own. What
   * somebody else has written since stays.
   */
  readonly putBack = (): void => {
    this.commit();
    const own = this.#own;
    if (!own || this.#seen !== own.after || own.before === own.after) return;
    const operation = { kind: "setText" as const, cueId: this.#cue.id, text: own.before };
    this.#session.edit(operation, { group: newId() });
    this.#own = undefined;
  };

  /** The field goes away, whatever is still being composed. */
  end(): void {
    this.#composing = false;
    this.commit();
  }

  /** The document has changed: by another person, by an undo, or by what was just written. */
  readonly changed = (): void => {
    if (!this.#composing && !this.#dirty) this.#adopt();
  };

  #adopt(): void {
    const text = this.#session.document.cue(this.#cue.id)?.text;
    if (text === undefined || text === this.#seen) return;
    this.#seen = text;
    const field = this.#field;
    if (tidyText(field.value) === text) return;
    const fromEnd = field.value.length - field.selectionEnd;
    const atEnd = fromEnd === 0;
    const caret = Math.min(field.selectionStart, text.length);
    field.value = text;
    const place = atEnd ? text.length : caret;
    field.setSelectionRange(place, place);
  }
}
