import "server-only";
import { findRecipient, getAccount, holderOf } from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { routes } from "@/lib/client/routes";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { newId } from "@/lib/ids";
import { queueMail } from "@/lib/mail/service";
import { addNotice } from "@/lib/notices/service";
import { notifyTracksOf } from "@/lib/tracks/notify";
import { type Tx, transaction } from "@/lib/transaction";
import { videoAccess } from "./access";
import { invitationMs, maxPeople } from "./limits";
import { inviteRates } from "./policy";
import {
  countPeople,
  deleteInvitation,
  deleteMember,
  findMemberByEmail,
  hasInvitation,
  lockShared,
  putInvitation,
  readInvitations,
  readMembers,
  updateInvitation,
  updateMember,
} from "./repo";
import type { SharedRole } from "./roles";
import type { InviteInput, PeopleView } from "./schema";

/**
 * Who has a video. Addresses, and who hasn't come yet, are the owner's to know.
 * @throws {AppError} `not_found`
 */
export async function listPeople(options: {
  userId: string;
  videoId: string;
}): Promise<PeopleView> {
  const { videoId } = options;
  const access = await videoAccess({ ...options, need: "viewer" });
  const isOwner = access.role === "owner";
  const [owner, members, invitations] = await Promise.all([
    getAccount(access.ownerId),
    readMembers(videoId),
    isOwner ? readInvitations(videoId) : [],
  ]);
  return {
    you: options.userId,
    owner: {
      id: access.ownerId,
      name: owner?.name ?? "",
      email: isOwner ? (owner?.email ?? null) : null,
    },
    members: isOwner ? members : members.map((each) => ({ ...each, email: null, link: null })),
    invitations,
  };
}

/**
 * Invites whoever has an address, once they are signed in with it. The answer is the same whether
 * or not there is such an account: the one who has it gets a notice and a mail, everybody else a
 * mail. Whoever was invited before gets the new role.
 * @throws {AppError} `not_found`, `forbidden`, `rate_limited`, `limit_reached`, `validation_failed`
 * for one's own address
 */
export async function invite(options: {
  userId: string;
  videoId: string;
  input: InviteInput;
  nowMs?: number;
}): Promise<void> {
  const { userId, videoId, input, nowMs = Date.now() } = options;
  const { email } = input;
  await videoAccess({ userId, videoId, need: "owner" });
  const sender = await getAccount(userId);
  if (!sender || sender.email === email) {
    const message = "This is your own address.";
    throw new AppError("validation_failed", { fields: [{ path: "email", message }] });
  }
  await countCall({ name: "invite", who: userId, rate: inviteRates.ofAccount });
  await countCall({ name: "inviteAddress", who: email, rate: inviteRates.toAddress });
  const holder = await holderOf(email);
  await transaction(async (tx) => {
    const video = await lockShared(tx, videoId);
    if (!video) throw new AppError("not_found");
    const member = await findMemberByEmail(tx, videoId, email);
    if (member) return changeMember(tx, { videoId, actorId: userId, ...member }, input.role);
    await assertRoom(tx, videoId, email);
    const id = newId(nowMs);
    const expiresAt = new Date(nowMs + invitationMs);
    await putInvitation(tx, { id, videoId, ...input, expiresAt });
    appendAudit(tx, { name: "video_shared", actorId: userId, detail: { videoId, ...role(input) } });
    const values = { title: video.title, by: sender.name };
    const link = routes.video(videoId);
    if (holder) {
      await addNotice(
        tx,
        {
          userId: holder.userId,
          kind: "video-shared",
          values: { videoId, ...values, ...role(input) },
          dedupeKey: `video-shared:${id}`,
        },
        nowMs,
      );
      await queueMail(tx, { kind: "video-shared", ...holder, values: { ...values, link } });
    } else if (holder === undefined) {
      const { locale } = sender;
      const signUp = routes.signUp(link);
      const mail = { ...values, email, link: signUp };
      await queueMail(tx, { kind: "video-shared-new", to: email, locale, values: mail });
    }
  });
}

const role = (input: { role: SharedRole }) => ({ role: input.role });

async function assertRoom(tx: Tx, videoId: string, email: string): Promise<void> {
  if (await hasInvitation(tx, videoId, email)) return;
  if ((await countPeople(tx, videoId)) >= maxPeople) throw new AppError("limit_reached");
}

/**
 * What a member, or somebody who is still invited, may do from now on.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function changeRole(options: {
  userId: string;
  videoId: string;
  /** Of the account, or of the invitation. */
  memberId: string;
  role: SharedRole;
}): Promise<void> {
  const { userId, videoId, memberId } = options;
  await videoAccess({ userId, videoId, need: "owner" });
  await transaction(async (tx) => {
    const invited = await updateInvitation(tx, { videoId, id: memberId }, options.role);
    if (invited) return;
    await changeMember(tx, { videoId, userId: memberId, actorId: userId }, options.role);
  });
}

async function changeMember(
  tx: Tx,
  which: { videoId: string; userId: string; actorId: string },
  to: SharedRole,
): Promise<void> {
  const { videoId, userId, actorId } = which;
  if (!(await updateMember(tx, { videoId, userId }, to))) throw new AppError("not_found");
  const detail = { videoId, role: to };
  appendAudit(tx, { name: "share_changed", actorId, subjectId: userId, detail });
  await notifyTracksOf(tx, videoId, "access");
}

/**
 * Takes a video away from a member or somebody invited; members may do that for themselves. What
 * they have open of it ends.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function removeMember(options: {
  userId: string;
  videoId: string;
  memberId: string;
}): Promise<void> {
  const { userId, videoId, memberId } = options;
  const need = memberId === userId ? "viewer" : "owner";
  const access = await videoAccess({ userId, videoId, need });
  // An owner has nothing to leave.
  if (access.role === "owner" && memberId === userId) throw new AppError("not_found");
  await transaction(async (tx) => {
    const gone =
      (await deleteMember(tx, { videoId, userId: memberId })) ||
      (await deleteInvitation(tx, { videoId, id: memberId }));
    if (!gone) throw new AppError("not_found");
    appendAudit(tx, {
      name: "share_revoked",
      actorId: userId,
      detail: { videoId, self: memberId === userId },
    });
    await notifyTracksOf(tx, videoId, "access");
  });
}

/** Tells the owner that somebody has come by a link. */
export async function tellOwner(
  tx: Tx,
  joined: { ownerId: string; userId: string; videoId: string; title: string },
): Promise<void> {
  const { ownerId, userId, videoId, title } = joined;
  const owner = await findRecipient(ownerId, tx);
  const member = await getAccount(userId, tx);
  if (!owner || !member) return;
  await addNotice(tx, {
    userId: ownerId,
    kind: "share-joined",
    values: { videoId, title, by: member.name },
    dedupeKey: `share-joined:${videoId}:${userId}`,
  });
}
