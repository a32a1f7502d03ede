import "server-only";
import { env } from "@/lib/env";
import type { MailEngine } from "../engine";
import { outboxEngine } from "./outbox";
import { createSmtpEngine } from "./smtp";

let smtp: MailEngine | undefined;

/** The engine that this deployment's mails go through. */
export function mailEngine(): MailEngine {
  const url = env().SMTP_URL;
  if (env().mailEngine === "outbox" || !url) return outboxEngine;
  smtp ??= createSmtpEngine({ url });
  return smtp;
}
