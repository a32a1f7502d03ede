import type { Loss, LossCode } from "@/lib/subtitles/formats/types";

const maxCueIds = 100;

/** Counts losses by kind, in the order in which the kinds were first met. */
export class LossLog {
  readonly #byCode = new Map<LossCode, Loss>();

  /** Without a cue id: a loss of the header. */
  add(code: LossCode, cueId?: string): void {
    let loss = this.#byCode.get(code);
    if (loss === undefined) {
      loss = { code, count: 0, cueIds: [] };
      this.#byCode.set(code, loss);
    }
    // The text and the speaker of one cue may both report the same thing.
    if (cueId !== undefined && loss.cueIds.at(-1) === cueId) return;
    loss.count++;
    if (cueId !== undefined && loss.cueIds.length < maxCueIds) loss.cueIds.push(cueId);
  }

  get losses(): Loss[] {
    return [...this.#byCode.values()];
  }
}
