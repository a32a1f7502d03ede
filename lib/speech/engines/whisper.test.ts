import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type OpenAiStandIn,
  type StandInFault,
  type StandInTranscript,
  startOpenAiStandIn,
} from "@/e2e/providers/openai";
import type { ErrorCode } from "@/lib/errors";
import { silentWav } from "@/lib/testing/silent-wav";
import { describeEngineContract } from "../engine-contract";
import { createWhisperEngine, openaiCapabilities } from "./whisper";

const transcript: StandInTranscript = {
  language: "english",
  segments: [
    { startMs: 0, endMs: 3_200, text: " Well, it's 3.5 km from here – not far." },
    { startMs: 3_200, endMs: 7_000, text: ' "Let us walk," she said ($5 saved).' },
  ],
};
const spoken = ["well", "its", "35", "km", "from", "here", "not", "far", "let", "us", "walk"];

let folder: string;
let wav: string;
const durationMs = 7_500;

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "whisper-"));
  wav = path.join(folder, "chunk-0.wav");
  await fs.writeFile(wav, silentWav(durationMs));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

const engineFor = (
  standIn: Pick<OpenAiStandIn, "url">,
  apiKey: string,
  more: Partial<Parameters<typeof createWhisperEngine>[0]> = {},
) =>
  createWhisperEngine({
    id: "openai",
    model: "whisper-1",
    apiKey,
    baseUrl: standIn.url,
    capabilities: openaiCapabilities,
    ...more,
  });

describeEngineContract("OpenAI", async () => {
  const standIn = await startOpenAiStandIn({ transcript });
  return {
    engine: engineFor(standIn, standIn.apiKey),
    stranger: engineFor(standIn, "sk-wrong"),
    speech: { path: wav, durationMs, language: "en", words: spoken },
    close: standIn.close,
  };
});

describe("createWhisperEngine", () => {
  let standIn: OpenAiStandIn;
  beforeEach(async () => {
    standIn = await startOpenAiStandIn({ transcript });
  });
  afterEach(() => standIn.close());

  const ask = (more: Partial<Parameters<typeof createWhisperEngine>[0]> = {}) =>
    engineFor(standIn, standIn.apiKey, more).transcribe({ path: wav, durationMs });

  it("asks for words and segments, and leaves the language open unless it is told", async () => {
    await ask();
    await engineFor(standIn, standIn.apiKey).transcribe({
      ...{ path: wav, durationMs, language: "jv", prompt: "AX2, Dashwood" },
    });
    const cantonese = { path: wav, durationMs, language: "yue" };
    const result = await engineFor(standIn, standIn.apiKey).transcribe(cantonese);
    expect(result.language).toBe("yue");
    expect(standIn.requests).toMatchObject([
      {
        fileName: "chunk-0.wav",
        durationMs,
        model: "whisper-1",
        language: undefined,
        prompt: undefined,
        responseFormat: "verbose_json",
        granularities: ["word", "segment"],
      },
      { language: "jw", prompt: "AX2, Dashwood" },
      { language: "zh" },
    ]);
  });

  describe("with a more careful model beside", () => {
    const careful = "Well, it is 3.5 kilometres from here – not far. Let us walk, she said.";
    const textOf = (text: string): StandInTranscript => ({
      language: "english",
      segments: [{ startMs: 0, endMs: 1_000, text }],
    });
    async function best(text: string, more: { quality?: "best" | "standard" } = {}) {
      const both = await startOpenAiStandIn({
        transcript: ({ model }) => (model === "gpt-transcribe" ? textOf(text) : transcript),
      });
      const engine = engineFor(both, both.apiKey, { qualityModel: "gpt-transcribe" });
      const options = { path: wav, durationMs, language: "en", prompt: "AX2", quality: "best" };
      const result = await engine.transcribe({ ...options, ...more } as typeof options & {
        quality: "best";
      });
      const requests = [...both.requests];
      await both.close();
      return { result, requests, text: result.words.map((word) => word.text).join(" ") };
    }

    it("puts its text on the times of the other, and keeps that one's evidence", async () => {
      const { result, requests, text } = await best(careful);
      expect(text.replaceAll(" – ", " ")).toBe(careful.replaceAll(" – ", " "));
      expect(result.words[0]).toMatchObject({ text: "Well,", startMs: 0, segment: 0 });
      expect(result.words.find((word) => word.text === "kilometres")?.interpolated).toBe(true);
      expect(result.words.find((word) => word.text === "Let")).toMatchObject({ startMs: 3_200 });
      expect(result.segments).toHaveLength(2);
      expect(result.segments[1]).toMatchObject({
        text: "Let us walk, she said.",
        avgLogprob: -0.25,
      });
      expect(requests).toMatchObject([
        { model: "whisper-1", responseFormat: "verbose_json" },
        { model: "gpt-transcribe", responseFormat: "json", language: "en", prompt: "AX2" },
      ]);
    });

    it("is only asked for the best quality", async () => {
      const { requests } = await best(careful, { quality: "standard" });
      expect(requests.map(({ model }) => model)).toEqual(["whisper-1"]);
    });

    it.each([
      ["heard something else altogether", "An entirely different sentence about cats."],
      ["heard nothing", ""],
    ])("isn't believed when it %s", async (_name, text) => {
      const plain = await best(careful, { quality: "standard" });
      expect((await best(text)).result).toEqual(plain.result);
    });

    it("leaves the rest to the other when its answer was cut off", async () => {
      const { text } = await best("Well, it's 3.5 km from here");
      expect(text).toMatch(/^Well, it's 3\.5 km from here .*"Let us walk," she said/);
    });
  });

  describe("asked for a language", () => {
    it("recognises the window and answers what was heard", async () => {
      const engine = engineFor(standIn, standIn.apiKey);
      expect(await engine.detectLanguage({ path: wav, durationMs })).toEqual({ language: "en" });
      expect(standIn.requests).toHaveLength(1);
    });

    it("tries those allowed when it hears another, and takes the surest", async () => {
      const surest = await startOpenAiStandIn({
        transcript: ({ language }) => ({
          language: "english",
          segments: [
            {
              ...{ startMs: 0, endMs: 3_000, text: " Hello." },
              avgLogprob: language === "ja" ? -0.3 : -0.9,
            },
          ],
        }),
      });
      const engine = engineFor(surest, surest.apiKey);
      const allowed = ["ko", "ja", "zh"];
      expect(await engine.detectLanguage({ path: wav, durationMs, allowed })).toEqual({
        language: "ja",
      });
      expect(surest.requests.map(({ language }) => language)).toEqual([undefined, ...allowed]);
      await surest.close();
    });

    it("hears no language where it hears no word", async () => {
      const silent = await startOpenAiStandIn();
      const engine = engineFor(silent, silent.apiKey);
      expect(await engine.detectLanguage({ path: wav, durationMs })).toEqual({});
      await silent.close();
    });
  });

  const recovered: [string, StandInFault][] = [
    ["a rate limit with a wait", { kind: "rate_limited", retryAfterSeconds: 0 }],
    ["a server error", { kind: "server_error", status: 503 }],
    ["a dropped connection", { kind: "dropped" }],
  ];
  it.each(recovered)(
    "recovers by itself from %s, sending the whole file again",
    async (_n, fault) => {
      standIn.script(fault);
      const result = await ask();
      expect(result.words.at(0)?.text).toBe("Well,");
      expect(standIn.requests.map((request) => request.retry)).toEqual([0, 1]);
      expect([...standIn.countsByFile().values()]).toEqual([2]);
    },
  );

  const failures: [string, StandInFault, ErrorCode, { requests: number; retryAfterMs?: number }][] =
    [
      [
        "a rate limit that stays",
        { kind: "rate_limited", retryAfterSeconds: 1 },
        "speech_rate_limited",
        { requests: 2, retryAfterMs: 1_000 },
      ],
      [
        "an empty account",
        { kind: "insufficient_quota" },
        "speech_quota_exceeded",
        { requests: 2 },
      ],
      ["a refused key", { kind: "unauthorized" }, "speech_unauthorized", { requests: 1 }],
      ["a file it finds too large", { kind: "too_large" }, "speech_rejected", { requests: 1 }],
      ["an error that stays", { kind: "server_error" }, "speech_failed", { requests: 2 }],
      ["connections that drop", { kind: "dropped" }, "speech_failed", { requests: 2 }],
      ["half an answer", { kind: "truncated" }, "speech_bad_answer", { requests: 1 }],
      ["no JSON", { kind: "answer", body: "<html>" }, "speech_bad_answer", { requests: 1 }],
      [
        "JSON of another kind",
        { kind: "answer", body: '{"text":7,"segments":[]}' },
        "speech_bad_answer",
        { requests: 1 },
      ],
      [
        "text without any times",
        { kind: "answer", body: '{"text":"Hello there."}' },
        "speech_bad_answer",
        { requests: 1 },
      ],
    ];
  it.each(failures)("fails on %s with the right code", async (_name, fault, code, expected) => {
    standIn.script(fault, fault);
    const { requests, ...more } = expected;
    await expect(ask()).rejects.toMatchObject({ code, ...more });
    expect(standIn.requests).toHaveLength(requests);
  });

  it("never shows the key in an error", async () => {
    const secret = "sk-secret-0123456789";
    const failed = engineFor(standIn, secret).transcribe({ path: wav, durationMs });
    const error = await failed.catch((caught: unknown) => caught);
    expect(String(error)).not.toContain(secret);
    expect(error).toMatchObject({ code: "speech_unauthorized" });
  });

  it("gives up on a service that doesn't answer in time", async () => {
    standIn.script({ kind: "slow", delayMs: 10_000 });
    await expect(ask({ timeoutMs: 150, maxRetries: 0 })).rejects.toMatchObject({
      code: "speech_failed",
    });
  });

  it("hangs up when the caller stops, so that the service can stop too", async () => {
    standIn.script({ kind: "slow", delayMs: 10_000 });
    const controller = new AbortController();
    const engine = engineFor(standIn, standIn.apiKey);
    const asked = engine.transcribe({ path: wav, durationMs, signal: controller.signal });
    await expect.poll(() => standIn.requests.length).toBe(1);
    controller.abort(new Error("cancelled"));
    await expect(asked).rejects.toThrow("cancelled");
    await expect.poll(() => standIn.requests[0]?.aborted).toBe(true);
  });

  it("has no more requests open than its capabilities say, and starts none that was stopped", async () => {
    const limited = engineFor(standIn, standIn.apiKey, {
      capabilities: { ...openaiCapabilities, parallelChunks: 2 },
    });
    standIn.script(...Array.from({ length: 5 }, () => ({ kind: "slow", delayMs: 60 }) as const));
    const controller = new AbortController();
    const running = Array.from({ length: 5 }, () => limited.transcribe({ path: wav, durationMs }));
    const stopped = limited.transcribe({ path: wav, durationMs, signal: controller.signal });
    controller.abort(new Error("not needed any more"));
    await expect(stopped).rejects.toThrow("not needed any more");
    await Promise.all(running);
    expect(standIn.mostAtOnce()).toBe(2);
    expect(standIn.requests).toHaveLength(5);
  });

  it("reports a service that isn't there", async () => {
    await standIn.close();
    const engine = engineFor(standIn, standIn.apiKey, { maxRetries: 0 });
    await expect(engine.transcribe({ path: wav, durationMs })).rejects.toMatchObject({
      code: "speech_failed",
      detail: "ECONNREFUSED",
    });
    expect(await engine.check()).toMatchObject({ ok: false });
    standIn = await startOpenAiStandIn();
  });
});
