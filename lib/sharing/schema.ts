import { z } from "zod";
import { emailSchema } from "@/lib/accounts/schema";
import { idParams } from "@/lib/http/params";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";
import { cleanLine } from "@/lib/text";
import { type SharedRole, sharedRoles } from "./roles";

const role = z.enum(sharedRoles);

export const inviteInput = z.strictObject({ email: emailSchema, role });
export type InviteInput = z.infer<typeof inviteInput>;

export const changeRoleInput = z.strictObject({ role });

export const createLinkInput = z.strictObject({
  role,
  /** What its maker calls it. */
  label: cleanLine(0, 80).default(""),
  /** When it ends (ISO 8601); at most a year ahead. */
  expiresAt: z.iso.datetime(),
});
export type CreateLinkInput = z.infer<typeof createLinkInput>;

/** The secret of a link: 256 bits in base64url. */
export const shareToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const shareParams = z.object({ token: shareToken });
export const sharedTrackParams = shareParams.extend({ trackId: idParams.shape.id });
export const acceptShareInput = z.strictObject({ token: shareToken });
/** A member by account, or an invitation by its id. */
export const memberParams = idParams.extend({ userId: idParams.shape.id });

/** Somebody who may see or edit a video that isn't theirs. */
export interface MemberView {
  userId: string;
  name: string;
  /** The address that was invited; null: they came by a link. */
  email: string | null;
  role: SharedRole;
  /** What the link is called by which they came; null: they were invited. */
  link: { id: string; label: string } | null;
  /** ISO 8601. */
  at: string;
}

/** An address that was invited and hasn't opened the video yet. */
export interface InvitationView {
  id: string;
  email: string;
  role: SharedRole;
  /** ISO 8601. */
  at: string;
  expiresAt: string;
}

/** Who has a video. */
export interface PeopleView {
  /** Id of the one who asks. */
  you: string;
  owner: { id: string; name: string; email: string | null };
  members: MemberView[];
  invitations: InvitationView[];
}

/** A link without its secret, which is shown once, when it is made. */
export interface LinkView {
  id: string;
  role: SharedRole;
  label: string;
  createdAt: string;
  expiresAt: string;
  /** When somebody opened it last (ISO 8601). */
  usedAt: string | null;
  /** Who edits by it. */
  members: number;
}

/** What a link opens, for whoever has it. */
export interface SharedVideoView {
  title: string;
  role: SharedRole;
  /** When the link ends (ISO 8601). */
  expiresAt: string;
  durationMs: number | null;
  width: number | null;
  height: number | null;
  fps: number | null;
  playUrl: string | null;
  thumbnailUrl: string | null;
  /** The files are deleted, and the subtitles are still there. */
  mediaDeleted: boolean;
  /** What is said first; then translations. */
  tracks: { id: string; language: string; sourceTrackId: string | null }[];
}

/** A track as a link shows it: what is on the picture, and nothing of how it came about. */
export interface SharedTrackView {
  id: string;
  language: string;
  style: SubtitleStyle | null;
  cues: SharedCue[];
}

export interface SharedCue {
  id: string;
  startMs: number;
  endMs: number;
  text: string;
  /** Their name. */
  speaker?: string;
  styleOverrides?: StyleOverrides;
}

/** Where a link has led somebody who joined by it. */
export interface AcceptedShare {
  videoId: string;
  role: SharedRole | "owner";
}
