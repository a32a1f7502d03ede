/**
 * The events that start work, by name. Data is small: ids and choices, never content.
 * `inngest/events.ts` gives the same names to the job engine.
 */
export interface OutboxEvents {
  "video/uploaded": { videoId: string };
  "video/delete.requested": { videoId: string };
  /** `renders`: also what was made of it to take home. */
  "video/media-delete.requested": { videoId: string; renders?: boolean };
  "job/requested": { jobId: string; ownerId: string; attempt: number };
  "job/cancel.requested": { jobId: string; attempt: number };
  "render/requested": { renderId: string; ownerId: string; videoId: string };
  "render/cancel.requested": { renderId: string };
  "mail/requested": { mailId: string };
  "account/erase.requested": { userId: string };
  "payment/event.received": { eventId: string };
}

export type OutboxEventName = keyof OutboxEvents;

export type OutboxEvent = {
  [Name in OutboxEventName]: {
    /** Explicit, so that sending twice starts the work once. */
    id: string;
    name: Name;
    data: OutboxEvents[Name];
  };
}[OutboxEventName];
