import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { speakerEngine, speakerEngineStatuses } from ".";

const folder = await fs.mkdtemp(path.join(os.tmpdir(), "speaker-models-"));
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

const statusOf = (id: string, source: Parameters<typeof speakerEngineStatuses>[0]) =>
  speakerEngineStatuses(source).find((status) => status.id === id);

describe("speakerEngineStatuses", () => {
  it("offers voices and channels where nothing is set, and says what OpenAI needs", () => {
    expect(speakerEngineStatuses({})).toEqual([
      { id: "sherpa", available: true, model: "campplus-zh-en" },
      { id: "openai", available: false, reason: "no_key" },
      { id: "channels", available: true },
    ]);
  });

  it("offers OpenAI with its key, and a compatible service only with the name of a model", () => {
    const key = { OPENAI_API_KEY: "sk-1" };
    const service = { OPENAI_BASE_URL: "http://127.0.0.1:9/v1" };
    expect(statusOf("openai", key)).toMatchObject({ model: "gpt-4o-transcribe-diarize" });
    expect(statusOf("openai", { ...key, ...service })).toMatchObject({ available: false });
    expect(statusOf("openai", { ...service, SPEAKER_MODEL: "mine" })).toEqual({
      ...{ id: "openai", available: true, model: "mine" },
    });
  });

  it("uses the operator's own models, and says so when they aren't there", async () => {
    const own = path.join(folder, "eres2net.onnx");
    const source = { SPEAKER_EMBEDDING_MODEL: own };
    expect(statusOf("sherpa", source)).toMatchObject({ available: false, reason: "no_models" });
    expect(() => speakerEngine("sherpa", source)).toThrow("speakers_unavailable");
    await fs.writeFile(own, "");
    expect(statusOf("sherpa", source)).toMatchObject({ available: true, model: "eres2net" });
  });

  it("makes each engine that it calls available, and refuses the others", () => {
    const source = { OPENAI_API_KEY: "sk-1" };
    for (const { id, model } of speakerEngineStatuses(source)) {
      expect(speakerEngine(id, source)).toMatchObject({ id, ...(model && { model }) });
    }
    expect(() => speakerEngine("openai", {})).toThrow("no_key");
  });
});
