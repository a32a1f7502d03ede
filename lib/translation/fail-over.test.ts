import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import {
  type ChatStandIn,
  type ChatStandInOptions,
  chatTranslation,
  startChatStandIn,
} from "@/e2e/providers/chat";
import {
  type DeeplStandIn,
  type DeeplStandInOptions,
  startDeeplStandIn,
} from "@/e2e/providers/deepl";
import { AppError } from "@/lib/errors";
import { ruleProfile } from "@/lib/subtitles/rules";
import { createChatEngine } from "./engines/chat";
import { createDeeplEngine } from "./engines/deepl";
import { translateBatch, translationEngines, translationStatus } from "./service";
import { koreanTalk, testCues } from "./test-cues";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function start(options: { deepl?: DeeplStandInOptions; chat?: ChatStandInOptions } = {}) {
  const deepl: DeeplStandIn = await startDeeplStandIn(options.deepl);
  const chat: ChatStandIn = await startChatStandIn(options.chat);
  open.push(deepl, chat);
  const engines = [
    createDeeplEngine({ authKey: deepl.authKey, serverUrl: deepl.url }),
    createChatEngine({ model: chat.model, apiKey: chat.apiKey, baseUrl: chat.url }),
  ];
  const translate = (
    texts: readonly string[],
    more: Partial<Parameters<typeof translateBatch>[0]> = {},
  ) => {
    const cues = testCues(texts);
    return translateBatch(
      {
        batch: cues.map(({ id }) => id),
        cues,
        source: "ko",
        target: "en",
        formality: "default",
        terms: [],
        ...more,
      },
      engines,
    );
  };
  return { deepl, chat, engines, translate };
}

const enginesOf = (result: Awaited<ReturnType<typeof translateBatch>>) => [
  ...new Set(result.cues.map(({ engine }) => engine)),
];

describe("two engines", () => {
  it("leave everything to DeepL while it works", async () => {
    const { chat, translate } = await start();
    expect(enginesOf(await translate(koreanTalk))).toEqual(["deepl"]);
    expect(chat.requests).toHaveLength(0);
  });

  it.each(["quota", "unauthorized", "bad_request"] as const)(
    "the second one takes over after %s, and DeepL isn't asked for a while",
    async (kind) => {
      const { deepl, translate } = await start({ deepl: { misbehave: () => ({ kind }) } });
      expect(enginesOf(await translate(koreanTalk))).toEqual(["chat"]);
      const asked = deepl.requests.length;
      await translate(koreanTalk);
      expect(deepl.requests.length - asked).toBe(kind === "bad_request" ? 1 : 0);
    },
  );

  it("keep what came back before the first one failed", async () => {
    const cuesOfTwoScenes = testCues(["첫 장면이에요.", "둘째 장면이에요."], 5_000);
    const { translate } = await start({
      deepl: {
        misbehave: ({ texts }) => (texts.join("").includes("둘째") ? { kind: "quota" } : undefined),
      },
    });
    const result = await translate([], {
      cues: cuesOfTwoScenes,
      batch: cuesOfTwoScenes.map(({ id }) => id),
    });
    expect(result.cues.map(({ engine }) => engine)).toEqual(["deepl", "chat"]);
  });

  it("begin with the one that has room for the rest of the track", async () => {
    const { deepl, translate } = await start({ deepl: { characterLimit: 20 } });
    expect(enginesOf(await translate(koreanTalk))).toEqual(["chat"]);
    expect(deepl.requests).toHaveLength(0);
  });

  it("give a wish about politeness to who can be told", async () => {
    const { translate } = await start();
    const texts = ["Hello there, how are you?"];
    const korean = { source: "en", target: "ko" };
    expect(enginesOf(await translate(texts, { ...korean, formality: "plain" }))).toEqual(["chat"]);
    expect(enginesOf(await translate(texts, korean))).toEqual(["deepl"]);
    expect(
      enginesOf(await translate(texts, { source: "en", target: "ja", formality: "plain" })),
    ).toEqual(["deepl"]);
  });

  it("give languages that DeepL lacks to the second one", async () => {
    const { translate, engines } = await start();
    expect(enginesOf(await translate(koreanTalk, { target: "km" }))).toEqual(["chat"]);
    const { targets } = await translationStatus(engines);
    expect(targets.find(({ code }) => code === "km")).toMatchObject({ engine: "chat" });
    expect(targets.find(({ code }) => code === "ko")).toEqual({
      code: "ko",
      engine: "deepl",
      formality: true,
    });
    await expect(
      translateBatch(
        {
          batch: ["cue-0"],
          cues: testCues(["네."]),
          source: "ko",
          target: "km",
          formality: "default",
          terms: [],
        },
        engines.slice(0, 1),
      ),
    ).rejects.toMatchObject({ code: "translation_language_unsupported" });
  });

  it("both failing: the failure that may pass is told", async () => {
    const { translate } = await start({
      deepl: { misbehave: () => ({ kind: "quota" }) },
      chat: { misbehave: () => ({ kind: "rate_limited", retryAfterSeconds: 60 }) },
    });
    await expect(translate(koreanTalk)).rejects.toMatchObject({ code: "translation_rate_limited" });
  });
});

describe("a second look", () => {
  it("asks the second engine for what the first left untranslated", async () => {
    const { deepl, translate } = await start();
    deepl.script({ kind: "untranslated" });
    const result = await translate(koreanTalk.slice(1, 2));
    expect(result.cues[0]).toMatchObject({
      engine: "chat",
      way: "cue",
      text: chatTranslation(koreanTalk[1] as string, "en"),
    });
  });

  it("asks the same one again when there is no other", async () => {
    const { deepl, engines } = await start();
    deepl.script({ kind: "untranslated" });
    const cues = testCues(koreanTalk.slice(1, 2));
    const result = await translateBatch(
      { batch: ["cue-0"], cues, source: "ko", target: "en", formality: "default", terms: [] },
      engines.slice(0, 1),
    );
    expect(result.cues[0]?.text).not.toMatch(/\p{Script=Hangul}/u);
    expect(result.requests).toBe(2);
  });

  it("asks the second engine when a number or a term is wrong, and keeps the better answer", async () => {
    const { translate } = await start({
      deepl: { dictionaries: { "en-us": { "가격이 350,000원이었어요.": "It cost 35 won." } } },
    });
    const result = await translate(["가격이 350,000원이었어요."]);
    expect(result.cues[0]).toMatchObject({
      engine: "chat",
      text: expect.stringContaining("350,000"),
    });
  });

  it("shortens what can't be read in its time, and says so", async () => {
    const long =
      "It is really quite hard to say what exactly I want to tell you about all of this today.";
    const { translate, chat } = await start({
      deepl: { dictionaries: { "en-us": { "그러니까 음 이게 말이죠.": long } } },
    });
    const result = await translate(["그러니까 음 이게 말이죠.", "네."], {
      profile: ruleProfile("en"),
    });
    expect(result.cues[0]).toMatchObject({ engine: "chat", shortened: true });
    expect(result.cues[0]?.text.length).toBeLessThanOrEqual(42);
    expect(chat.requests[0]?.message.cues[0]).toMatchObject({
      source: "그러니까 음 이게 말이죠.",
      maxCharacters: 42,
    });
  });

  it("leaves the batch as it is when it fails itself", async () => {
    const { deepl, translate } = await start({
      chat: { misbehave: () => ({ kind: "server_error" }) },
    });
    deepl.script({ kind: "untranslated" });
    const result = await translate(koreanTalk.slice(1, 2));
    expect(result.cues[0]?.engine).toBe("deepl");
  });
});

describe("a failure", () => {
  const pair = { source: "ko", target: "en", formality: "default", terms: [] } as const;

  it.each(["dropped", "gone", "unauthorized", "bad_request"] as const)(
    "(%s) holds no key, however deep one looks",
    async (kind) => {
      const { deepl, chat, engines } = await start({
        ...(kind !== "gone" && { deepl: { misbehave: () => ({ kind }) } }),
        chat: { misbehave: () => ({ kind: kind === "dropped" ? kind : "unauthorized" }) },
      });
      if (kind === "gone") await deepl.close();
      const work = { batch: ["cue-0"], cues: testCues(["네."]), ...pair };
      const asked = engines.map((engine) => translateBatch(work, [engine]));
      for (const { reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[]) {
        expect(reason).toBeInstanceOf(AppError);
        const shown = inspect(reason, { depth: 12, showHidden: true });
        expect(shown).not.toContain(deepl.authKey);
        expect(shown).not.toContain(chat.apiKey);
      }
    },
  );
});

describe("what the environment sets up", () => {
  const none = {
    DEEPL_AUTH_KEY: undefined,
    DEEPL_SERVER_URL: undefined,
    TRANSLATION_MODEL: undefined,
    TRANSLATION_API_KEY: undefined,
    TRANSLATION_BASE_URL: undefined,
    OPENAI_API_KEY: undefined,
  };

  it("is nothing without keys, and says what to set", async () => {
    expect(translationEngines({ ...none, OPENAI_API_KEY: "sk-1" })).toEqual([]);
    await expect(
      translateBatch(
        { batch: [], cues: [], source: "ko", target: "en", formality: "default", terms: [] },
        translationEngines(none),
      ),
    ).rejects.toMatchObject({ code: "translation_unavailable" });
  });

  it("is DeepL, a model, or both in this order, one of each per process", () => {
    const both = { ...none, DEEPL_AUTH_KEY: "k", TRANSLATION_MODEL: "m", TRANSLATION_API_KEY: "s" };
    expect(translationEngines(both).map(({ id, model }) => `${id} ${model}`)).toEqual([
      "deepl deepl",
      "chat m",
    ]);
    expect(translationEngines({ ...both })).toBe(translationEngines(both));
  });

  it("never sends OpenAI's own key to another address", async () => {
    const chat = await startChatStandIn({ apiKey: "none" });
    open.push(chat);
    const engines = translationEngines({
      ...none,
      OPENAI_API_KEY: "sk-own",
      TRANSLATION_MODEL: chat.model,
      TRANSLATION_BASE_URL: chat.url,
    });
    const cues = testCues(["안녕하세요."]);
    const result = await translateBatch(
      { batch: ["cue-0"], cues, source: "ko", target: "en", formality: "default", terms: [] },
      engines,
    );
    expect(result.cues[0]?.engine).toBe("chat");
  });
});
