import type { Cue, TrackContent } from "@/lib/subtitles/model";
import type {
  CueOperation,
  EditOperation,
  OperationFailure,
  SimpleOperation,
} from "@/lib/subtitles/operations";
import { touches } from "@/lib/subtitles/operations";
import { CueDraft } from "@/lib/subtitles/operations/draft";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { type Extent, extentOf, weightOfCue } from "./limits";

type Applied = { ok: true; inverse: EditOperation } | OperationFailure;

/**
 * A track under many edits. It is taken apart once and put together once, so that five hundred
 * edits of twenty thousand cues cost little more than one.
 */
export class TrackDraft {
  readonly #cues: CueDraft;
  readonly #given: TrackContent;
  #style: SubtitleStyle | null;
  #extent: Extent | undefined;

  /** `extent`: of the content, where it is known. */
  constructor(content: TrackContent, extent?: Extent) {
    this.#given = content;
    this.#extent = extent;
    this.#cues = new CueDraft(content.cues);
    this.#style = content.style;
  }

  cue(id: string): Cue | undefined {
    return this.#cues.cue(id);
  }

  get style(): SubtitleStyle | null {
    return this.#style;
  }

  /** How long it is now. */
  get extent(): Extent {
    this.#extent ??= extentOf(this.#given.cues);
    return this.#extent;
  }

  /** As it is now. */
  content(): TrackContent {
    return { cues: this.#cues.list(), style: this.#style };
  }

  /** Changes all or nothing. */
  apply(operation: EditOperation): Applied {
    if (operation.kind === "setTrackStyle") {
      const inverse = { kind: "setTrackStyle" as const, style: this.#style };
      this.#style = operation.style;
      return { ok: true, inverse };
    }
    const before = this.extent;
    const ids = [...new Set(touches(operation).map(({ cueId }) => cueId))];
    const was = this.#extentOf(ids);
    const applied = this.#applyParts(operation);
    const is = this.#extentOf(ids);
    this.#extent = {
      cues: before.cues - was.cues + is.cues,
      weight: before.weight - was.weight + is.weight,
    };
    return applied;
  }

  #applyParts(operation: CueOperation): Applied {
    const single = operation.kind !== "batch";
    const inverses: SimpleOperation[] = [];
    for (const part of single ? [operation] : operation.operations) {
      const applied = this.#cues.apply(part);
      if (!applied.ok) {
        for (const inverse of inverses.reverse()) this.#cues.apply(inverse);
        return applied;
      }
      inverses.push(applied.inverse);
    }
    const [inverse] = inverses;
    if (single && inverse) return { ok: true, inverse };
    return { ok: true, inverse: { kind: "batch", operations: inverses.reverse() } };
  }

  #extentOf(ids: readonly string[]): Extent {
    const extent: Extent = { cues: 0, weight: 0 };
    for (const id of ids) {
      const cue = this.#cues.cue(id);
      if (!cue) continue;
      extent.cues += 1;
      extent.weight += weightOfCue(cue);
    }
    return extent;
  }
}
