import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textOfWords } from "./align";
import { normaliseLanguage } from "./languages";
import type { SpeechEngine } from "./types";

/** An engine under test and what its service is going to hear. */
export interface EngineUnderTest {
  engine: SpeechEngine;
  /** The same service, asked with a wrong key. */
  stranger: SpeechEngine;
  /** Speech of some seconds, and the words in it (lower case, without punctuation). */
  speech: { path: string; durationMs: number; language: string; words: string[] };
  close(): Promise<void>;
}

/** Asking may include a 30 s window of Whisper on a slow CPU. */
const patienceMs = 60_000;

/** What every speech engine must do, whatever stands behind it. */
export function describeEngineContract(name: string, start: () => Promise<EngineUnderTest>): void {
  describe(`${name} as a speech engine`, () => {
    let test: EngineUnderTest;
    let folder: string;
    beforeAll(async () => {
      folder = await fs.mkdtemp(path.join(os.tmpdir(), "speech-"));
      test = await start();
    }, patienceMs);
    afterAll(async () => {
      await test?.close();
      await fs.rm(folder, { recursive: true, force: true });
    });

    it("describes what it takes without contradicting itself", () => {
      const { capabilities } = test.engine;
      expect(capabilities.chunkTargetMs).toBeGreaterThan(0);
      expect(capabilities.chunkTargetMs).toBeLessThanOrEqual(capabilities.chunkMaxMs);
      expect(capabilities.chunkMaxMs).toBeLessThanOrEqual(capabilities.maxDurationMs);
      // 16 kHz, 16 bit, mono: what a WAV is, and the worst case that FLAC can come to.
      expect(capabilities.chunkMaxMs * 32).toBeLessThanOrEqual(capabilities.maxBytes);
      expect(capabilities.parallelChunks).toBeGreaterThanOrEqual(1);
      expect(capabilities.formats).toEqual(expect.arrayContaining(["wav", "flac"]));
      expect(capabilities.formats).toContain(capabilities.chunkFormat);
    });

    it("is there for who has the key, and says so without recognising anything", async () => {
      expect(await test.engine.check()).toEqual({ ok: true, model: test.engine.model });
      expect(await test.stranger.check()).toMatchObject({ ok: false });
    });

    it(
      "hears the words, in order, inside the chunk, in whole ms",
      async () => {
        const { path: file, durationMs, language, words } = test.speech;
        const result = await test.engine.transcribe({ path: file, durationMs });
        expect(result.language).toBe(language);
        expect(result.durationMs).toBe(durationMs);
        const heard = result.words.map((word) =>
          word.text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""),
        );
        const missed = words.filter((word) => !heard.includes(word));
        expect(missed.length / words.length).toBeLessThan(0.1);
        for (const list of [result.words, result.segments]) {
          list.forEach((item, index) => {
            expect(Number.isInteger(item.startMs) && Number.isInteger(item.endMs)).toBe(true);
            expect(item.startMs).toBeGreaterThanOrEqual(0);
            expect(item.endMs).toBeGreaterThanOrEqual(item.startMs);
            expect(item.endMs).toBeLessThanOrEqual(durationMs);
            expect(item.startMs).toBeGreaterThanOrEqual(list[index - 1]?.endMs ?? 0);
          });
        }
      },
      patienceMs,
    );

    it(
      "keeps the punctuation and the spaces of the text in its words",
      async () => {
        const { path: file, durationMs, language } = test.speech;
        const result = await test.engine.transcribe({ path: file, durationMs, language });
        expect(result.segments.length).toBeGreaterThan(0);
        result.segments.forEach((segment, index) => {
          const words = result.words.filter((word) => word.segment === index);
          expect(textOfWords(words)).toBe(segment.text);
        });
        expect(result.words.at(-1)?.text).toMatch(/\p{P}$/u);
      },
      patienceMs,
    );

    it(
      "gives the evidence of its doubt",
      async () => {
        const { path: file, durationMs, language } = test.speech;
        const result = await test.engine.transcribe({ path: file, durationMs, language });
        for (const segment of result.segments) {
          expect(segment.avgLogprob).toBeLessThanOrEqual(0);
          expect(segment.noSpeechProb).toBeGreaterThanOrEqual(0);
          expect(segment.noSpeechProb).toBeLessThanOrEqual(1);
          expect(segment.compressionRatio).toBeGreaterThan(0);
          expect(segment.temperature).toBeGreaterThanOrEqual(0);
        }
        if (test.engine.id === "local") {
          for (const word of result.words) expect(word.confidence).toBeGreaterThan(0);
        }
        expect(normaliseLanguage(result.language ?? "")).toBe(language);
      },
      patienceMs,
    );

    it(
      "tells the language of a window, also of a few allowed, and works faster where it says so",
      async () => {
        const { path: file, durationMs, language } = test.speech;
        const { capabilities } = test.engine;
        expect(capabilities.qualities).toContain("standard");
        const window = { path: file, durationMs };
        const heard = await test.engine.detectLanguage(window);
        expect(heard.language).toBe(language);
        const among = await test.engine.detectLanguage({ ...window, allowed: [language, "ko"] });
        expect(among.language).toBe(language);
        if (capabilities.languageDetection === "probabilities") {
          expect(heard.probability).toBeGreaterThan(0.5);
          expect(among.probability).toBeGreaterThanOrEqual(heard.probability ?? 1);
        }
        for (const quality of capabilities.qualities) {
          const result = await test.engine.transcribe({ ...window, language, quality });
          expect(result.words.length).toBeGreaterThan(0);
        }
        await expect(test.stranger.detectLanguage(window)).rejects.toMatchObject({
          code: "speech_unauthorized",
        });
      },
      patienceMs,
    );

    it("refuses a wrong key, a file that is no sound, and one that is too long", async () => {
      const { path: file, durationMs } = test.speech;
      await expect(test.stranger.transcribe({ path: file, durationMs })).rejects.toMatchObject({
        code: "speech_unauthorized",
      });
      const noSound = path.join(folder, "no-sound.wav");
      await fs.writeFile(noSound, "This is a text.");
      await expect(test.engine.transcribe({ path: noSound, durationMs })).rejects.toMatchObject({
        code: "speech_rejected",
      });
      const tooLongMs = test.engine.capabilities.maxDurationMs + 1;
      await expect(
        test.engine.transcribe({ path: file, durationMs: tooLongMs }),
      ).rejects.toMatchObject({ code: "speech_rejected" });
    });

    it("stops when told to, before and in the middle", async () => {
      const { path: file, durationMs } = test.speech;
      const reason = new Error("cancelled by the test");
      const before = { path: file, durationMs, signal: AbortSignal.abort(reason) };
      await expect(test.engine.transcribe(before)).rejects.toBe(reason);
      const controller = new AbortController();
      const middle = test.engine.transcribe({
        path: file,
        durationMs,
        signal: controller.signal,
      });
      controller.abort(reason);
      await expect(middle).rejects.toBe(reason);
    });

    it(
      "answers more requests than it takes at once, one after the other",
      async () => {
        const { path: file, durationMs, language } = test.speech;
        const many = test.engine.capabilities.parallelChunks + 1;
        const results = await Promise.all(
          Array.from({ length: many }, () =>
            test.engine.transcribe({ path: file, durationMs, language }),
          ),
        );
        const texts = new Set(results.map((result) => textOfWords(result.words)));
        expect(texts.size).toBe(1);
      },
      patienceMs,
    );
  });
}
