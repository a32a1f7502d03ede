import type { RenderedMail } from "./schema";

/** A mail ready to leave. Nothing in it has line breaks where headers come from. */
export interface OutgoingMail {
  to: string;
  /** Name and address of the sender. */
  from: string;
  rendered: RenderedMail;
  /** With angle brackets; the same at every try, so that a second delivery is recognised. */
  messageId: string;
  headers: Record<string, string>;
}

/** What takes mails to people. */
export interface MailEngine {
  /** The mail's row is where it is read, so its content stays there. */
  readonly keepsContent: boolean;
  /**
   * Resolves once the mail is in the engine's hands.
   * @throws {AppError} `mail_failed`: another try may succeed.
   * @throws {MailRefused} no try ever will.
   */
  send(mail: OutgoingMail): Promise<void>;
}

/** The server won't take this mail for this recipient, today or tomorrow. */
export class MailRefused extends Error {
  /** For the row and the log: codes only, because servers quote addresses. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = "MailRefused";
    this.reason = reason;
  }
}
