import { eventType, staticSchema } from "inngest";
import type { OutboxEvents } from "@/lib/outbox/schema";

/** The events that functions wait for; lib/outbox sends them. */
export const videoUploaded = eventType("video/uploaded", {
  schema: staticSchema<OutboxEvents["video/uploaded"]>(),
});
export const videoDeleteRequested = eventType("video/delete.requested", {
  schema: staticSchema<OutboxEvents["video/delete.requested"]>(),
});
export const videoMediaDeleteRequested = eventType("video/media-delete.requested", {
  schema: staticSchema<OutboxEvents["video/media-delete.requested"]>(),
});
export const accountEraseRequested = eventType("account/erase.requested", {
  schema: staticSchema<OutboxEvents["account/erase.requested"]>(),
});
export const jobRequested = eventType("job/requested", {
  schema: staticSchema<OutboxEvents["job/requested"]>(),
});
export const jobCancelRequested = eventType("job/cancel.requested", {
  schema: staticSchema<OutboxEvents["job/cancel.requested"]>(),
});
export const renderRequested = eventType("render/requested", {
  schema: staticSchema<OutboxEvents["render/requested"]>(),
});
export const mailRequested = eventType("mail/requested", {
  schema: staticSchema<OutboxEvents["mail/requested"]>(),
});
export const paymentEventReceived = eventType("payment/event.received", {
  schema: staticSchema<OutboxEvents["payment/event.received"]>(),
});
