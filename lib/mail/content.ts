import "server-only";
import { z } from "zod";
import { emailSchema } from "@/lib/accounts/schema";
import { seal, unseal } from "@/lib/seal";

const contentSchema = z.object({
  to: emailSchema,
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** What a mail's row keeps sealed: to whom, and what its text says. */
export type MailContent = z.infer<typeof contentSchema>;

const sealContext = (mailId: string) => `mail:${mailId}`;

export function sealContent(mailId: string, content: MailContent): string {
  return seal(JSON.stringify(content), sealContext(mailId));
}

/** Undefined when it was emptied, or the secret that sealed it is gone. */
export function openContent(mail: { id: string; sealed: string }): MailContent | undefined {
  const text = mail.sealed ? unseal(mail.sealed, sealContext(mail.id)) : undefined;
  return text === undefined ? undefined : contentSchema.parse(JSON.parse(text));
}
