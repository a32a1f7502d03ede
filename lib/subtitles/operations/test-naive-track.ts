import type { Cue, TrackContent } from "@/lib/subtitles/model";
import type { EditOperation, SimpleOperation } from "@/lib/subtitles/operations/types";

/**
 * A track that does what operations say in the plainest way, one cue after the other, with nothing
 * of the real one: what tests hold it against.
 */
export class NaiveTrack {
  #cues: Cue[];
  #style: TrackContent["style"];

  constructor({ cues, style }: TrackContent) {
    this.#cues = [...cues];
    this.#style = style;
  }

  get content(): TrackContent {
    return { cues: this.#cues, style: this.#style };
  }

  /** What takes the operation back; undefined where it can't be done, and nothing was. */
  apply(operation: EditOperation): EditOperation[] | undefined {
    if (operation.kind === "setTrackStyle") {
      const inverse = { kind: "setTrackStyle" as const, style: this.#style };
      this.#style = operation.style;
      return [inverse];
    }
    const before = [...this.#cues];
    const inverses: EditOperation[] = [];
    for (const part of operation.kind === "batch" ? operation.operations : [operation]) {
      const inverse = this.#one(part);
      if (!inverse) {
        this.#cues = before;
        return undefined;
      }
      inverses.unshift(inverse);
    }
    this.#cues.sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1));
    return inverses;
  }

  #one(part: SimpleOperation): SimpleOperation | undefined {
    if (part.kind === "insertCue") return this.#swap([], [part.cue]);
    if (part.kind === "removeCue") return this.#swap([part.cueId], []);
    if (part.kind === "replaceCues") return this.#swap(part.remove, part.insert);
    const at = this.#cues.findIndex(({ id }) => id === part.cueId);
    const cue = this.#cues[at];
    if (!cue) return undefined;
    const { cueId } = part;
    switch (part.kind) {
      case "setText":
        this.#cues[at] = { ...cue, text: part.text };
        return { kind: "setText", cueId, text: cue.text };
      case "setTimes":
        this.#cues[at] = { ...cue, startMs: part.startMs, endMs: part.endMs };
        return { kind: "setTimes", cueId, startMs: cue.startMs, endMs: cue.endMs };
      case "setSpeaker": {
        const { speaker, ...rest } = cue;
        this.#cues[at] = part.speaker === null ? rest : { ...rest, speaker: part.speaker };
        return { kind: "setSpeaker", cueId, speaker: speaker ?? null };
      }
      case "setStyle": {
        const { styleOverrides, ...rest } = cue;
        this.#cues[at] = part.style === null ? rest : { ...rest, styleOverrides: part.style };
        return { kind: "setStyle", cueId, style: styleOverrides ?? null };
      }
    }
  }

  #swap(remove: readonly string[], insert: readonly Cue[]): SimpleOperation | undefined {
    const removed: Cue[] = [];
    const left = [...this.#cues];
    for (const id of remove) {
      const at = left.findIndex((cue) => cue.id === id);
      if (at === -1) return undefined;
      removed.push(...left.splice(at, 1));
    }
    for (const cue of insert) {
      if (left.some(({ id }) => id === cue.id)) return undefined;
      left.push(cue);
    }
    this.#cues = left;
    return { kind: "replaceCues", remove: insert.map(({ id }) => id), insert: removed };
  }
}
