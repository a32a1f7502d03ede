import type { MailEngine } from "../engine";

/** Stands in for a mail server: nothing leaves the machine, the page /outbox shows the rows. */
export const outboxEngine: MailEngine = {
  keepsContent: true,
  send: async () => {},
};
