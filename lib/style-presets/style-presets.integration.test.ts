import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { defaultStyle, stylePresets } from "@/lib/subtitles/style";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";
import { maxStylePresets, stylePresetChange, stylePresetInput } from "./schema";

let app: TestApp;
let presets: typeof import("./service");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [presets, { db }] = await Promise.all([import("./service"), import("@/lib/db")]);
});
afterAll(() => app.stop());

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return AppError.is(error) ? error.code : String(error);
  }
}

const add = (ownerId: string, name: string, style = defaultStyle) =>
  presets.addStylePreset({ ownerId, preset: stylePresetInput.parse({ name, style }) });

describe("own looks", () => {
  it("are kept, renamed, changed and removed", async () => {
    const { id: ownerId } = await makeUser();
    const made = await add(ownerId, "  뉴스\n자막 ".normalize("NFD"));
    expect(made).toMatchObject({ name: "뉴스 자막", style: defaultStyle });
    const own = { ownerId, presetId: made.id };
    await presets.changeStylePreset({ ...own, change: { name: "뉴스" } });
    await presets.changeStylePreset({ ...own, change: { style: stylePresets.box } });
    expect(await presets.listStylePresets(ownerId)).toMatchObject([
      { id: made.id, name: "뉴스", style: stylePresets.box },
    ]);
    await presets.removeStylePreset(own);
    expect(await presets.listStylePresets(ownerId)).toEqual([]);
    expect(await codeOf(presets.removeStylePreset(own))).toBe("not_found");
  });

  it("have one name each, and are so many at most", async () => {
    const { id: ownerId } = await makeUser();
    const { id: presetId } = await add(ownerId, "하나");
    await add(ownerId, "둘");
    expect(await codeOf(add(ownerId, "하나"))).toBe("name_taken");
    const rename = presets.changeStylePreset({ ownerId, presetId, change: { name: "둘" } });
    expect(await codeOf(rename)).toBe("name_taken");
    await db().stylePreset.createMany({
      data: Array.from({ length: maxStylePresets - 2 }, (_, i) => ({
        ...{ id: newId(), ownerId, name: `더 ${i}`, style: { ...defaultStyle } },
      })),
    });
    expect(await codeOf(add(ownerId, "하나 더"))).toBe("limit_reached");
  });

  it("are nobody else's", async () => {
    const [owner, other] = await Promise.all([makeUser(), makeUser()]);
    const { id: presetId } = await add(owner.id, "내 것");
    const theirs = { ownerId: other.id, presetId };
    expect(await presets.listStylePresets(other.id)).toEqual([]);
    const taken = presets.changeStylePreset({ ...theirs, change: { name: "뺏은 것" } });
    expect(await codeOf(taken)).toBe("not_found");
    expect(await codeOf(presets.removeStylePreset(theirs))).toBe("not_found");
    await add(other.id, "내 것");
  });

  it("take nothing that is no look", () => {
    const bad = (style: object) => stylePresetInput.safeParse({ name: "x", style }).success;
    expect(bad(defaultStyle)).toBe(true);
    expect(bad({ ...defaultStyle, color: "red" })).toBe(false);
    expect(bad({ ...defaultStyle, fontSizePercent: 21 })).toBe(false);
    expect(bad({ ...defaultStyle, fontFamily: "a{}b" })).toBe(false);
    expect(bad({ ...defaultStyle, more: 1 })).toBe(false);
    expect(bad({ color: "#ffffff" })).toBe(false);
    expect(stylePresetInput.safeParse({ name: " ", style: defaultStyle }).success).toBe(false);
    expect(stylePresetChange.safeParse({ name: "y" }).success).toBe(true);
  });
});
