import { z } from "zod";

/** Everything the app tells a person, with what its text needs. */
export interface NoticeValues {
  "credits-low": { available: number; level: number };
  "top-up-done": { orderId: string; credits: number; amountKrw: number };
  /** One whose outcome took its time came to nothing. */
  "top-up-ended": { orderId: string; amountKrw: number };
  "credits-expiring": { credits: number; days: number; expiresAt: string };
  "refund-done": { orderId: string; amountKrw: number };
  "refund-rejected": { orderId: string; amountKrw: number };
  /** A job couldn't start when its upload was through: too few credits. */
  "job-unaffordable": { videoId: string; title: string; lacking: number };
  "job-completed": { jobId: string; videoId: string; title: string };
  /** Subtitles are there, but not in these languages (BCP 47). */
  "job-partly-completed": { jobId: string; videoId: string; title: string; languages: string[] };
  "job-failed": { jobId: string; videoId: string; title: string };
  /** A video's files go soon. */
  "video-expiring": { videoId: string; title: string; expiresAt: string };
  /** Somebody (`by`, their name) has shared a video of theirs. */
  "video-shared": { videoId: string; title: string; by: string; role: "viewer" | "editor" };
  /** Somebody has come by a link to a video of one's own. */
  "share-joined": { videoId: string; title: string; by: string };
  /** Somebody else has set how far a language of a video of one's own is. */
  "track-reviewed": {
    videoId: string;
    trackId: string;
    title: string;
    languages: [string];
    state: "draft" | "in_review" | "approved";
    by: string;
  };
  /** A video with its subtitles in the picture is there to be taken home. */
  "render-completed": { videoId: string; trackId: string; title: string };
  "render-failed": { videoId: string; trackId: string; title: string };
  /** For operators: the money doesn't add up somewhere. */
  "money-finding": { code: string; subject: string };
}

export type NoticeKind = keyof NoticeValues;

export type NoticeView = {
  [Kind in NoticeKind]: {
    id: string;
    kind: Kind;
    values: NoticeValues[Kind];
    /** ISO 8601. */
    createdAt: string;
    readAt: string | null;
  };
}[NoticeKind];

export type NoticeRequest = {
  [Kind in NoticeKind]: {
    userId: string;
    kind: Kind;
    values: NoticeValues[Kind];
    /** The same thing is told once. */
    dedupeKey: string;
  };
}[NoticeKind];

export const listNoticesQuery = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  unread: z.stringbool().default(false),
});

export const readNoticesInput = z.object({ ids: z.array(z.uuid()).max(200).optional() });
