import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DiarizeOptions, SpeakerEngine, SpeakerTurn } from "./types";

/** An engine under test, sound for it, and who speaks in that. */
export interface SpeakerEngineUnderTest {
  engine: SpeakerEngine;
  sound: Pick<DiarizeOptions, "path" | "originalPath" | "durationMs" | "speech">;
  /** "1" speaks first; in order, without overlaps. */
  truth: SpeakerTurn[];
  close?(): Promise<void>;
}

/** Share of the truth's time that goes to the right speaker. */
export function rightShare(turns: readonly SpeakerTurn[], truth: readonly SpeakerTurn[]): number {
  let right = 0;
  let all = 0;
  for (const { startMs, endMs, speaker } of truth) {
    for (let at = startMs; at < endMs; at += 20) {
      all += 1;
      const found = turns.filter((turn) => turn.startMs <= at && at < turn.endMs);
      if (found.some((turn) => turn.speaker === speaker)) right += 1 / found.length;
    }
  }
  return right / all;
}

/** A model on a busy machine. */
const patienceMs = 60_000;

/** What every way of telling speakers apart must do. */
export function describeSpeakerContract(
  name: string,
  start: () => Promise<SpeakerEngineUnderTest>,
): void {
  describe(`${name} tells speakers apart`, { timeout: patienceMs }, () => {
    let test: SpeakerEngineUnderTest;
    let turns: SpeakerTurn[];
    const shares: number[] = [];
    beforeAll(async () => {
      test = await start();
      const onProgress = (share: number) => void shares.push(share);
      turns = await test.engine.diarize({ ...test.sound, onProgress });
    }, patienceMs);
    afterAll(() => test?.close?.());

    it("gives the time to who speaks, the same all through the video", () => {
      const speakers = new Set(test.truth.map(({ speaker }) => speaker));
      expect(new Set(turns.map(({ speaker }) => speaker))).toEqual(speakers);
      expect(rightShare(turns, test.truth)).toBeGreaterThan(0.9);
    });

    it("answers in order of time, in whole ms, inside the sound, numbered by first words", () => {
      turns.forEach((turn, index) => {
        expect(Number.isInteger(turn.startMs) && Number.isInteger(turn.endMs)).toBe(true);
        expect(turn.startMs).toBeGreaterThanOrEqual(turns[index - 1]?.startMs ?? 0);
        expect(turn.endMs).toBeGreaterThan(turn.startMs);
        expect(turn.endMs).toBeLessThanOrEqual(test.sound.durationMs + 40);
      });
      const order = [...new Set(turns.map(({ speaker }) => speaker))];
      expect(order).toEqual(order.map((_, index) => String(index + 1)));
    });

    it("finds the same again", async () => {
      expect(await test.engine.diarize(test.sound)).toEqual(turns);
    });

    it("keeps to the number of speakers that a person knows", async () => {
      const found = await test.engine.diarize({ ...test.sound, speakers: 2 });
      expect(new Set(found.map(({ speaker }) => speaker)).size).toBe(2);
    });

    it("tells how far it is", () => {
      expect(shares.length).toBeGreaterThan(0);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    });

    it("finds nobody where nobody speaks", async () => {
      expect(await test.engine.diarize({ ...test.sound, speech: [] })).toEqual([]);
    });

    it("stops when told to", async () => {
      const reason = new Error("cancelled");
      const controller = new AbortController();
      const running = test.engine.diarize({ ...test.sound, signal: controller.signal });
      controller.abort(reason);
      await expect(running).rejects.toBe(reason);
    });
  });
}
