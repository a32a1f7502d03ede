import { db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { storage } from "@/lib/storage";
import { derivativeKey, sourceKey } from "@/lib/videos/keys";
import { makeEditorThings, makeShared } from "./editor-things";
import { makeUser, makeVideo } from "./factories";

export interface FullAccount {
  id: string;
  email: string;
  videoId: string;
  uploadingId: string;
  trackId: string;
  jobId: string;
}

const later = () => new Date(Date.now() + 24 * 3_600_000);

/** An account with something in every table and every place that an account can have. */
export async function makeFullAccount(): Promise<FullAccount> {
  const { id, email } = await makeUser();
  const { videoId, trackId, jobId } = await makeWork(id);
  const uploadingId = await makeOpenUpload(id);
  await makeSignIn(id, email);
  await makeLists(id);
  await makeEditorThings({ ownerId: id, videoId, trackId });
  const others = await makeVideo({ ownerId: (await makeUser()).id });
  await makeShared({ videoId: others.id, userId: id });
  await db().transcript.create({
    data: { id: newId(), ownerId: id, videoId, fileName: "a.txt", format: "txt", lines: [] },
  });
  const photo = `u/${id}/photo/${newId()}.webp`;
  const source = sourceKey(id, videoId, "mp4");
  const file = storage().localPath(source) ?? "";
  await storage().put(photo, { path: file }, { contentType: "image/webp" });
  for (const name of ["thumbnail.webp", "peaks-10.dat", "audio.wav"] as const) {
    const key = derivativeKey(source, name);
    await storage().put(key, { path: file }, { contentType: "application/octet-stream" });
  }
  await db().user.update({ where: { id }, data: { photoKey: photo, passwordHash: "hash" } });
  return { id, email, videoId, uploadingId, trackId, jobId };
}

/** A video with a running job and the subtitles of an earlier one. */
async function makeWork(ownerId: string) {
  const { id: videoId } = await makeVideo({ ownerId });
  const [doneId, jobId] = [newId(), newId()];
  for (const [id, status] of [
    [doneId, "completed"],
    [jobId, "processing"],
  ] as const) {
    await db().job.create({
      data: {
        ...{ id, ownerId, videoId, status, language: "ko", idempotencyKey: id },
        stages: { create: [{ stage: "audio", position: 1 }] },
        events: { create: [{ seq: 0, kind: "status", data: { status } }] },
        chunks: { create: [{ index: 0, startMs: 0, endMs: 1000, speech: [] }] },
        translations: { create: [{ language: "en" }] },
        batches: { create: [{ language: "en", index: 0, cueIds: ["a"] }] },
      },
    });
  }
  const trackId = newId();
  const cue = { id: "a", startMs: 0, endMs: 1000, text: "안녕하세요" };
  await db().track.create({
    data: {
      ...{ id: trackId, ownerId, videoId, language: "ko" },
      snapshots: { create: [{ revision: 0, cues: [cue] }] },
    },
  });
  return { videoId, trackId, jobId };
}

/** Terms, rules and the last choice of the account. */
async function makeLists(ownerId: string): Promise<void> {
  await db().glossaryTerm.create({ data: { id: newId(), ownerId, term: "래프트" } });
  await db().ownProfile.create({ data: { id: newId(), ownerId, name: "강의", rules: {} } });
  await db().jobPreference.create({ data: { ownerId, options: {} } });
}

async function makeOpenUpload(ownerId: string): Promise<string> {
  const videoId = newId();
  await db().video.create({
    data: {
      ...{ id: videoId, ownerId, title: "half", fileName: "half.mp4", contentType: "video/mp4" },
      sizeBytes: 100,
      sourceKey: sourceKey(ownerId, videoId, "mp4"),
      upload: {
        create: {
          ...{ id: newId(), ownerId, fingerprint: "f", partSizeBytes: 50 },
          parts: { create: [{ partNumber: 1, etag: "e", sizeBytes: 50 }] },
        },
      },
    },
  });
  return videoId;
}

/** What an account is opened with, and what it was told. */
async function makeSignIn(userId: string, email: string): Promise<void> {
  await db().authSession.create({
    data: {
      ...{ id: newId(), userId, remember: false },
      idleExpiresAt: later(),
      absoluteExpiresAt: later(),
      refreshTokens: { create: [{ hash: newId() }] },
    },
  });
  await db().identity.create({
    data: { id: newId(), userId, provider: "google", providerAccountId: newId(), email },
  });
  await db().secondFactor.create({ data: { userId, sealedSecret: "sealed" } });
  await db().recoveryCode.create({ data: { userId, hash: newId() } });
  await db().knownDevice.create({ data: { userId, hash: newId(), label: "Chrome · Windows" } });
  for (const of of [{ userId }, { email }]) {
    await db().oneTimeToken.create({
      data: { hash: newId(), purpose: "sign-up", expiresAt: later(), ...of },
    });
  }
  await db().notice.create({
    data: {
      ...{ id: newId(), userId, kind: "credits-low", data: {}, dedupeKey: "low" },
      createdAt: new Date(),
    },
  });
  await db().mail.create({
    data: { id: newId(), userId, kind: "password-changed", locale: "ko", sealed: "sealed" },
  });
}
