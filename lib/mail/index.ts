import "server-only";

export { isOutboxActive, isOutboxOpen } from "./outbox";
export { deliverMail, queueMail } from "./service";
