import { describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import {
  holderOfObject,
  judgeObject,
  type KnownOwner,
  type KnownVideo,
  ownerOfObject,
  renderLeftMs,
  settlingMs,
} from "./orphan-rules";

const nowMs = Date.parse("2026-06-01T12:00:00Z");
const [ownerId, videoId] = [newId(), newId()];
const long = new Date(nowMs - settlingMs - 1);
const just = new Date(nowMs - settlingMs + 1);

const photo = `u/${ownerId}/photo/a.webp`;
const owner: KnownOwner = { photoKey: photo, deletionRequestedAt: null, erasedAt: null };
const video: KnownVideo = {
  ownerId,
  sourceKey: `u/${ownerId}/${videoId}/source.mp4`,
  status: "ready",
  mediaDeletedAt: null,
  deletionAskedAt: null,
};

describe("ownerOfObject", () => {
  it.each([
    [`u/${ownerId}/${videoId}/source.mp4`, { ownerId, videoId }],
    [`u/${ownerId}/${videoId}/deeper/still.bin`, { ownerId, videoId }],
    [`u/${ownerId}/renders/${videoId}/x.mp4`, { ownerId, videoId }],
    [photo, { ownerId }],
    [`u/${ownerId}/${videoId}`, { ownerId }],
    [`u/${ownerId}/`, undefined],
    [`u/${ownerId.toUpperCase()}/a`, undefined],
    [`x/${ownerId}/${videoId}/source.mp4`, undefined],
    ["u/somebody/source.mp4", undefined],
  ])("%s", (pathname, expected) => {
    expect(ownerOfObject(pathname)).toEqual(expected);
  });
});

describe("holderOfObject", () => {
  const source = `u/${ownerId}/${videoId}/source.mp4`;
  const account = newId();

  it.each([
    ["an own video's", source, video, ownerId],
    ["of a video taken over", source, { ...video, ownerId: account }, account],
    [
      "of a video that lies elsewhere",
      source,
      { ...video, ownerId: account, sourceKey: `u/${account}/${videoId}/source.mp4` },
      ownerId,
    ],
    ["of no video", source, undefined, ownerId],
    ["a picture", photo, undefined, ownerId],
    ["a name of ours that isn't", "u/a/b", undefined, undefined],
  ])("%s", (_, pathname, which, expected) => {
    expect(holderOfObject(pathname, which)).toBe(expected);
  });
});

describe("judgeObject", () => {
  const source = `u/${ownerId}/${videoId}/source.mp4`;
  const taken = `u/${ownerId}/renders/${videoId}/${newId()}.mp4`;
  const other = `u/${newId()}/${videoId}/source.mp4`;
  const erasing = { ...owner, deletionRequestedAt: long };

  it.each([
    ["a video's file", source, owner, video, undefined],
    ["of a video that uploads", source, owner, { ...video, status: "uploading" }, undefined],
    ["of nobody", source, undefined, undefined, "owner_missing"],
    ["of an erased account", source, { ...owner, erasedAt: just }, undefined, "owner_erased"],
    ["of one being erased", source, { ...erasing, erasedAt: just }, undefined, undefined],
    ["of one stuck in it", source, { ...erasing, erasedAt: long }, undefined, "owner_erased"],
    ["of one that asked for it", source, erasing, video, undefined],
    ["of no video", source, owner, undefined, "video_missing"],
    [
      "of a video that lies elsewhere",
      source,
      owner,
      { ...video, sourceKey: `u/${newId()}/${videoId}/source.mp4` },
      "video_missing",
    ],
    ["of a video taken over", source, owner, { ...video, ownerId: newId() }, undefined],
    ["of a deleted video", source, owner, { ...video, status: "deleted" }, "video_deleted"],
    [
      "of one just asked to go",
      source,
      owner,
      { ...video, status: "deleting", deletionAskedAt: just },
      undefined,
    ],
    [
      "of one that doesn't go",
      source,
      owner,
      { ...video, status: "deleting", deletionAskedAt: long },
      "video_deleted",
    ],
    ["whose media just went", source, owner, { ...video, mediaDeletedAt: just }, undefined],
    ["whose media went before", source, owner, { ...video, mediaDeletedAt: long }, "media_deleted"],
    ["a video made of it", taken, owner, { ...video, mediaDeletedAt: long }, undefined],
    ["one of another", taken, owner, { ...video, sourceKey: other }, "video_missing"],
    ["one made of a deleted video", taken, owner, { ...video, status: "deleted" }, "video_deleted"],
    [
      "one of an account that goes",
      taken,
      erasing,
      { ...video, mediaDeletedAt: long },
      "media_deleted",
    ],
    ["the picture", photo, owner, undefined, undefined],
    ["an old picture", `${photo}.old`, owner, undefined, "photo_replaced"],
    ["a name of ours that isn't", "u/a/b", owner, video, "name_unknown"],
  ] as [string, string, KnownOwner | undefined, KnownVideo | undefined, string | undefined][])(
    "%s",
    (_, pathname, whose, which, reason) => {
      const object = { pathname, uploadedAtMs: long.getTime() };
      expect(judgeObject({ object, owner: whose, video: which, nowMs })).toBe(reason);
    },
  );

  it("has a video to take home go after its week", () => {
    const object = { pathname: taken, uploadedAtMs: nowMs - renderLeftMs - 1 };
    expect(judgeObject({ object, owner, video, nowMs })).toBe("render_over");
    const kept = { pathname: taken, uploadedAtMs: nowMs - renderLeftMs + 1 };
    expect(judgeObject({ object: kept, owner, video, nowMs })).toBeUndefined();
  });

  it("lets a picture settle that is about to be noted", () => {
    const object = { pathname: `${photo}.new`, uploadedAtMs: just.getTime() };
    expect(judgeObject({ object, owner, video: undefined, nowMs })).toBeUndefined();
  });
});
