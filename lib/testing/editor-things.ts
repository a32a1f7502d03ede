import { db } from "@/lib/db";
import { newId } from "@/lib/ids";

const later = () => new Date(Date.now() + 24 * 3_600_000);

/** Something of an account's in every table that the editor has. */
export async function makeEditorThings(of: {
  ownerId: string;
  videoId: string;
  trackId: string;
}): Promise<void> {
  const { ownerId, videoId, trackId } = of;
  const userId = ownerId;
  await db().cueNote.create({
    data: { id: newId(), trackId, cueId: "a", authorId: userId, text: "여기 다시 봐요" },
  });
  await db().ignoredFinding.create({
    data: { trackId, key: newId(), cueId: "a", code: "x", reason: "노래", actorId: userId },
  });
  await db().trackPlace.create({ data: { trackId, userId, cueId: "a", ms: 100 } });
  await db().trackPresence.create({ data: { trackId, userId, clientId: newId() } });
  await db().videoRender.create({
    data: { id: newId(), ownerId, videoId, trackId, revision: 0, idempotencyKey: newId() },
  });
  await db().stylePreset.create({ data: { id: newId(), ownerId, name: "우리 모양", style: {} } });
  await db().editorSettings.create({ data: { userId } });
}

/** A video shared in every way: with `userId`, with somebody without an account, and by a link. */
export async function makeShared(of: { videoId: string; userId: string }): Promise<void> {
  const { videoId, userId } = of;
  const id = newId();
  await db().shareLink.create({
    data: { id, videoId, role: "viewer", tokenHash: newId(), expiresAt: later() },
  });
  await db().videoMember.create({ data: { videoId, userId, role: "editor", linkId: id } });
  const email = `${newId()}@example.test`;
  await db().videoInvitation.create({
    data: { id: newId(), videoId, email, role: "viewer", expiresAt: later() },
  });
}
