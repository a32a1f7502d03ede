import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";
import { changeSettingsInput } from "./schema";
import { changedSettings, usualSettings } from "./settings";

let app: TestApp;
let settings: typeof import("./service");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [settings, { db }] = await Promise.all([import("./service"), import("@/lib/db")]);
});
afterAll(() => app.stop());

describe("settings of the editor", () => {
  it("are as usual until something is changed", async () => {
    const { id: userId } = await makeUser();
    expect(await settings.editorSettingsOf(userId)).toEqual(usualSettings);
  });

  it("change in part, and go back to the usual keys one by one or all at once", async () => {
    const { id: userId } = await makeUser();
    const change = (change: Parameters<typeof settings.changeEditorSettings>[0]["change"]) =>
      settings.changeEditorSettings({ userId, change: changeSettingsInput.parse(change) });
    await change({ keys: { "cue.split": ["Mod+Shift+X"], "cue.next": [] }, tourDone: true });
    expect(await change({ keys: { "cue.next": null } })).toEqual({
      keys: { "cue.split": ["Mod+Shift+X"] },
      tourDone: true,
      carryTimes: true,
    });
    const reset = await change({ resetKeys: true, keys: { "edit.save": ["F4"] } });
    expect(reset.keys).toEqual({ "edit.save": ["F4"] });
    expect(await settings.editorSettingsOf(userId)).toEqual(reset);
  });

  it("lose nothing when two tabs change at once", async () => {
    const { id: userId } = await makeUser();
    const ids = ["cue.next", "cue.previous", "cue.split", "edit.undo", "edit.redo"];
    await Promise.all(
      ids.map((id) =>
        settings.changeEditorSettings({ userId, change: { keys: { [id]: ["F4"] } } }),
      ),
    );
    expect(Object.keys((await settings.editorSettingsOf(userId)).keys).sort()).toEqual(
      [...ids].sort(),
    );
  });

  it("are each person's own", async () => {
    const [a, b] = [await makeUser(), await makeUser()];
    await settings.changeEditorSettings({ userId: a.id, change: { tourDone: true } });
    expect((await settings.editorSettingsOf(b.id)).tourDone).toBe(false);
  });

  it("are read past what an older version has stored", async () => {
    const { id: userId } = await makeUser();
    const stored = { keys: { "cue.split": [7] }, tourDone: true, gone: "x" };
    await db().editorSettings.create({ data: { userId, settings: stored } });
    expect(await settings.editorSettingsOf(userId)).toEqual({ ...usualSettings, tourDone: true });
  });
});

describe("a change", () => {
  it("is refused where it can't be keys of commands", () => {
    for (const keys of [
      { "Cue Split": ["K"] },
      { "cue.split": ["Hyper+K"] },
      { "cue.split": ["Mod+ "] },
      { "cue.split": ["A", "B", "C", "D"] },
    ]) {
      expect(changeSettingsInput.safeParse({ keys }).success, JSON.stringify(keys)).toBe(false);
    }
    expect(changeSettingsInput.safeParse({ other: 1 }).success).toBe(false);
  });

  it("keeps at most so many commands", () => {
    const many = (from: number) =>
      Object.fromEntries(
        Array.from({ length: 150 }, (_, i) => [`a.${"b".repeat(from + i)}`, ["K"]]),
      );
    const full = changedSettings(changedSettings(usualSettings, { keys: many(1) }), {
      keys: many(200),
    });
    expect(Object.keys(full.keys)).toHaveLength(200);
  });
});
