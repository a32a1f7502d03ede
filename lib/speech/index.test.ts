import { describe, expect, it } from "vitest";
import { speechEngine, speechStatus } from ".";

const local = {
  LOCAL_SPEECH_URL: "http://127.0.0.1:9000",
  LOCAL_SPEECH_TOKEN: "a-token-of-some-length",
};

describe("speechEngine", () => {
  const choices: [string, Parameters<typeof speechEngine>[0], string, string][] = [
    ["a key", { OPENAI_API_KEY: "sk-1" }, "openai", "whisper-1"],
    [
      "an address without a key",
      { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" },
      "openai",
      "whisper-1",
    ],
    [
      "a key and another model",
      { OPENAI_API_KEY: "sk-1", SPEECH_MODEL: "whisper-large-v3" },
      "openai",
      "whisper-large-v3",
    ],
    ["a key beside a local server", { ...local, OPENAI_API_KEY: "sk-1" }, "openai", "whisper-1"],
    ["a local server", local, "local", "base"],
    ["a local server of another size", { ...local, WHISPER_MODEL: "small" }, "local", "small"],
  ];
  it.each(choices)("with %s", (_name, source, id, model) => {
    expect(speechEngine(source)).toMatchObject({ id, model });
    expect(speechStatus(source)).toEqual({ available: true, engine: id, model });
  });

  it("offers the best quality only with a more careful model beside", () => {
    const qualities = (more: object) =>
      speechEngine({ OPENAI_API_KEY: "sk-1", ...more }).capabilities.qualities;
    expect(qualities({})).toEqual(["standard"]);
    expect(qualities({ SPEECH_QUALITY_MODEL: "gpt-transcribe" })).toEqual(["standard", "best"]);
    expect(speechEngine(local).capabilities.qualities).toEqual(["fast", "standard"]);
  });

  it("is one and the same for all jobs, so that its limits hold for all together", () => {
    expect(speechEngine(local)).toBe(speechEngine({ ...local }));
    expect(speechEngine({ OPENAI_API_KEY: "sk-1" })).not.toBe(speechEngine(local));
  });

  it.each([
    [{}, /Python 3\.10.*OPENAI_API_KEY/],
    [{ LOCAL_SPEECH_PROBLEM: "Python 3.8 is too old." }, /^Python 3\.8 is too old\.$/],
    [{ LOCAL_SPEECH_URL: "http://127.0.0.1:9000" }, /OPENAI_API_KEY/],
  ])("without an engine it says why: %o", (source, problem) => {
    const status = speechStatus(source);
    expect(status.available).toBe(false);
    expect(status.problem).toMatch(problem);
    expect(() => speechEngine(source)).toThrow(
      expect.objectContaining({ code: "speech_unavailable", detail: status.problem }),
    );
  });
});
