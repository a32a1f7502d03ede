import { describe, expect, it } from "vitest";
import type { JobOptions } from "@/lib/jobs/options";
import { plainOptions } from "@/lib/jobs/plain-options";
import type { CapabilitiesView } from "@/lib/jobs/schema";
import {
  changedOptions,
  type Offers,
  offeredChoice,
  offeredSpeakers,
  rememberedOptions,
  untranslatable,
  withoutTargets,
} from "./choice";

const capabilities: CapabilitiesView = {
  speech: { available: true, engine: "local", model: "base", qualities: ["fast", "standard"] },
  translation: {
    available: true,
    engines: [{ id: "deepl", model: "deepl" }],
    sources: [],
    targets: [
      { code: "en", engine: "deepl", formality: false },
      { code: "ja", engine: "deepl", formality: true },
      { code: "zh-Hans", engine: "deepl", formality: false },
    ],
  },
  speakers: [
    { id: "sherpa", available: false, reason: "no_models" },
    { id: "channels", available: true },
  ],
};
const own = "018f4a3e-0000-7000-8000-000000000001";
const offers: Offers = { kind: "caption", capabilities, ownProfiles: [own] };
const offered = (options: Partial<JobOptions>, language = "ko", more: Partial<Offers> = {}) => {
  const choice = { language, options: { ...plainOptions, ...options } };
  return offeredChoice(choice, { ...offers, ...more });
};

describe("what can be ordered of what was chosen before", () => {
  it("is languages that an engine knows and that aren't spoken", () => {
    const { choice, dropped } = offered({ targets: ["ja", "ko", "sw", "en"] });
    expect(choice.options.targets).toEqual(["ja", "en"]);
    expect(dropped).toEqual([{ what: "target", code: "sw" }]);
    // What is spoken isn't known yet, so it may be any of them.
    expect(offered({ targets: ["en"] }, "auto").choice.options.targets).toEqual(["en"]);
    expect(offered({ targets: ["en"] }, "en").choice.options.targets).toEqual([]);
  });

  it("is no translation where there is no engine", () => {
    const none = { available: false, engines: [], sources: [], targets: [], problem: "set a key" };
    const bare = { ...capabilities, translation: none };
    const { choice, dropped } = offered({ targets: ["ja"], formality: "polite" }, "ko", {
      capabilities: bare,
    });
    expect(choice.options).toMatchObject({ targets: [], formality: "default" });
    expect(dropped).toEqual([]);
  });

  it("is no translation of what no engine knows", () => {
    const translation = { ...capabilities.translation, sources: ["ko", "en"] };
    const more = { capabilities: { ...capabilities, translation } };
    const { choice, dropped } = offered({ targets: ["ja"] }, "haw", more);
    expect(choice.options.targets).toEqual([]);
    expect(dropped).toEqual([]);
    expect(offered({ targets: ["ja"] }, "auto", more).choice.options.targets).toEqual(["ja"]);
    expect(untranslatable("haw", translation)).toBe("source");
    expect(untranslatable("ko", translation)).toBeUndefined();
    expect(untranslatable("ko", { ...translation, available: false })).toBe("engine");
  });

  it("is a way to tell speakers apart that works", () => {
    const { choice, dropped } = offered({ speakers: "sherpa", speakerCount: 3 });
    expect(choice.options).toMatchObject({ speakers: "off" });
    expect(choice.options.speakerCount).toBeUndefined();
    expect(dropped).toEqual([{ what: "speakers" }]);
    expect(offered({ speakers: "channels", speakerCount: 2 }).choice.options).toMatchObject({
      speakers: "channels",
      speakerCount: 2,
    });
  });

  it("is no telling apart by left and right where there is one channel", () => {
    const { choice, dropped } = offered({ speakers: "channels" }, "ko", { mono: true });
    expect(choice.options.speakers).toBe("off");
    expect(dropped).toEqual([{ what: "speakers" }]);
    expect(offeredSpeakers(capabilities, true)).toContainEqual({
      id: "channels",
      available: false,
      reason: "mono",
    });
  });

  it("is a profile that is still there", () => {
    expect(offered({ profile: own })).toMatchObject({ dropped: [] });
    const { choice, dropped } = offered({ profile: own }, "ko", { ownProfiles: [] });
    expect(choice.options.profile).toBe("netflix");
    expect(dropped).toEqual([{ what: "profile" }]);
    expect(offered({ profile: own }, "ko", { ownProfiles: undefined }).dropped).toEqual([]);
  });

  it("is a quality that the engine has, and politeness where it is heard", () => {
    expect(offered({ quality: "best" }).choice.options.quality).toBe("standard");
    const polite = { formality: "polite" } as const;
    expect(offered({ ...polite, targets: ["en"] }).choice.options.formality).toBe("default");
    expect(offered({ ...polite, targets: ["ja"] }).choice.options.formality).toBe("polite");
  });

  it("leaves out what a translation of a track has no use for", () => {
    const { choice } = offered(
      { targets: ["en"], speakers: "channels", hints: ["a"], quality: "fast" },
      "ko",
      { kind: "translate" },
    );
    expect(choice.options).toEqual({ ...plainOptions, targets: ["en"] });
  });

  it("is left as it is while nothing is known", () => {
    const unknown = { capabilities: undefined, ownProfiles: undefined };
    const options = { targets: ["sw"], speakers: "sherpa", profile: own } as const;
    expect(offered({ ...options, targets: ["sw"] }, "ko", unknown)).toEqual({
      choice: { language: "ko", options: { ...plainOptions, ...options, targets: ["sw"] } },
      dropped: [],
    });
  });

  it("has a set of languages only while the language is to be found", () => {
    const set = { allowedLanguages: ["ko", "en"] };
    expect(offered(set, "auto").choice.options.allowedLanguages).toEqual(["ko", "en"]);
    expect(offered(set, "ko").choice.options.allowedLanguages).toEqual([]);
  });
});

describe("options", () => {
  it("are remembered without what belongs to one video", () => {
    const options = { ...plainOptions, hints: ["a"], speakerCount: 2, targets: ["en"] };
    expect(rememberedOptions(options)).toEqual({ ...plainOptions, targets: ["en"] });
  });

  it("ask for nothing that is there when languages are added", () => {
    const choice = { language: "ko", options: { ...plainOptions, targets: ["en", "ja"] } };
    expect(withoutTargets(choice, ["ko", "en"]).options.targets).toEqual(["ja"]);
    expect(withoutTargets(choice)).toEqual(choice);
  });

  it("are counted where they differ", () => {
    expect(changedOptions(plainOptions)).toBe(0);
    expect(changedOptions({ ...plainOptions, targets: ["en"] })).toBe(0);
    expect(changedOptions({ ...plainOptions, profile: "ted", hints: ["a"] })).toBe(2);
  });
});
