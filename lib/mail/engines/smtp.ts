import { createTransport } from "nodemailer";
import SMTPTransport from "nodemailer/lib/smtp-transport";
import { AppError } from "@/lib/errors";
import { isLoopback } from "@/lib/http/client-address";
import { type MailEngine, MailRefused, type OutgoingMail } from "../engine";

/** A server that says nothing for so long is away, in ms. */
const timeouts = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
};

/**
 * Sends through the server of `url`, one connection a mail. Other machines must offer TLS, or
 * whoever sits in between could read the links; `?requireTLS=false` in the address, as all of
 * nodemailer's options, says otherwise.
 */
export function createSmtpEngine({ url }: { url: string }): MailEngine {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const requireTLS = host !== "localhost" && !isLoopback(host);
  const transport = createTransport(new SMTPTransport({ ...timeouts, requireTLS, url }));
  return {
    keepsContent: false,
    send: async (mail) => {
      try {
        await transport.sendMail(asMessage(mail));
      } catch (error) {
        throw asMailError(error);
      }
    },
  };
}

function asMessage({ to, from, rendered, messageId, headers }: OutgoingMail) {
  return {
    // As an object: a string would be parsed for further addresses.
    to: { name: "", address: to },
    from,
    ...rendered,
    messageId,
    headers,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What nodemailer notes on its errors. */
interface SmtpFailure {
  code?: string;
  command?: string;
  responseCode?: number;
}

function asMailError(error: unknown): AppError | MailRefused {
  const { code = "", command = "", responseCode } = error as SmtpFailure;
  const detail = [code, responseCode, command].filter(Boolean).join(" ");
  const options = { cause: error };
  if (isRefusal(error as SmtpFailure)) return new MailRefused(detail, options);
  return new AppError("mail_failed", { detail, ...options });
}

/**
 * Whether trying again is pointless: 5xx is for ever (RFC 5321, 4.2.1), but only where it is about
 * this recipient or this mail. Before that it is about us (log-in, sender, TLS), which the operator
 * can set right.
 */
function isRefusal({ command, responseCode = 0 }: SmtpFailure): boolean {
  return responseCode >= 500 && (command === "RCPT TO" || command === "DATA");
}
