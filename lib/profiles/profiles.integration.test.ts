import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";
import { maxOwnProfiles } from "./limits";
import { type OwnRules, ownProfileChange, ownProfileInput } from "./schema";

let app: TestApp;
let profiles: typeof import("./service");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [profiles, { db }] = await Promise.all([import("./service"), import("@/lib/db")]);
});
afterAll(() => app.stop());

const rules: OwnRules = {
  counting: "weighted",
  maxLineWidth: 18,
  maxLines: 2,
  maxCharsPerSecond: 15,
  minDurationMs: 700,
  maxDurationMs: 6_000,
  minGapFrames: 2,
  closeGapBelowMs: 400,
  maxLingerMs: 500,
};

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return AppError.is(error) ? error.code : String(error);
  }
}

const add = (ownerId: string, name: string) =>
  profiles.addProfile({ ownerId, profile: ownProfileInput.parse({ name, rules }) });

describe("own rules", () => {
  it("are kept, renamed, changed and removed", async () => {
    const { id: ownerId } = await makeUser();
    const made = await add(ownerId, "  강의용 ".normalize("NFD"));
    expect(made).toMatchObject({ name: "강의용", rules });
    const own = { ownerId, profileId: made.id };
    const change = { rules: { ...rules, maxLines: 1 as const } };
    expect(await profiles.changeProfile({ ...own, change })).toMatchObject({
      name: "강의용",
      rules: { ...rules, maxLines: 1 },
    });
    expect(await profiles.resolveOwnProfile(ownerId, made.id)).toEqual({
      ...rules,
      maxLines: 1,
      id: made.id,
    });
    await profiles.removeProfile(own);
    expect(await codeOf(profiles.resolveOwnProfile(ownerId, made.id))).toBe("not_found");
    expect(await codeOf(profiles.removeProfile(own))).toBe("not_found");
  });

  it("have names of their own", async () => {
    const { id: ownerId } = await makeUser();
    await add(ownerId, "강의용");
    const other = await add(ownerId, "쇼츠");
    expect(await codeOf(add(ownerId, "강의용"))).toBe("name_taken");
    const rename = { ownerId, profileId: other.id, change: { name: "강의용" } };
    expect(await codeOf(profiles.changeProfile(rename))).toBe("name_taken");
    expect(await codeOf(add((await makeUser()).id, "강의용"))).toBeUndefined();
  });

  it("are their owner's alone", async () => {
    const [{ id: ownerId }, { id: stranger }] = [await makeUser(), await makeUser()];
    const made = await add(ownerId, "내 것");
    const foreign = { ownerId: stranger, profileId: made.id };
    expect(await codeOf(profiles.changeProfile({ ...foreign, change: {} }))).toBe("not_found");
    expect(await codeOf(profiles.removeProfile(foreign))).toBe("not_found");
    expect(await codeOf(profiles.resolveOwnProfile(stranger, made.id))).toBe("not_found");
  });

  it("end at their limit, also for two tabs", async () => {
    const { id: ownerId } = await makeUser();
    await db().ownProfile.createMany({
      data: Array.from({ length: maxOwnProfiles - 1 }, (_, index) => ({
        ...{ id: newId(), ownerId, name: `p${index}` },
        rules: { ...rules },
      })),
    });
    const codes = await Promise.all(["a", "b"].map((name) => codeOf(add(ownerId, name))));
    expect(codes.toSorted()).toEqual(["limit_reached", undefined].toSorted());
  });

  it("that come with us need no database", async () => {
    expect(await profiles.resolveOwnProfile(newId(), "shorts")).toBe("shorts");
  });
});

describe("rules as they are given", () => {
  it.each([
    { minDurationMs: 2_500, maxDurationMs: 2_400 },
    { maxLineWidth: 3 },
    { maxLines: 3 },
    { maxCharsPerSecond: Number.NaN },
    { minGapFrames: 1.5 },
  ])("%j are refused", (change) => {
    const given = { name: "x", rules: { ...rules, ...change } };
    expect(ownProfileInput.safeParse(given).success).toBe(false);
    expect(ownProfileChange.safeParse(given).success).toBe(false);
  });
});
