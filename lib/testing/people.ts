import { randomBytes } from "node:crypto";
import { hashPassword } from "@/lib/accounts/password";
import type { Caller } from "@/lib/auth/caller";
import { db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { openContent } from "@/lib/mail/content";
import type { MailKind } from "@/lib/mail/schema";
import { fund } from "./factories";

/** Somebody in a browser of their own, on this machine unless a network is given. */
export function makeCaller(change: Partial<Caller> = {}): Caller {
  return {
    network: undefined,
    networkLabel: null,
    local: true,
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36",
    device: "Chrome · Linux",
    deviceToken: randomBytes(32).toString("base64url"),
    requestId: newId(),
    ...change,
  };
}

/** The same somewhere in 203.0.<third>.0/24. */
export function callerFrom(third: number, change: Partial<Caller> = {}): Caller {
  return makeCaller({
    network: `203.0.${third}.7`,
    networkLabel: `203.0.${third}.0/24`,
    local: false,
    ...change,
  });
}

export const testPassword = "correct horse battery staple 7";

/** An account with a password, its address confirmed, and credits to spend. */
export async function makeMember(
  options: { credits?: number } = {},
): Promise<{ id: string; email: string; password: string }> {
  const id = newId();
  const email = `${id}@example.test`;
  const passwordHash = await hashPassword(testPassword);
  await db().user.create({ data: { id, email, name: "하늘", passwordHash } });
  await fund(id, options.credits ?? 1_000);
  return { id, email, password: testPassword };
}

export interface SentMail {
  kind: MailKind;
  values: Record<string, string>;
}

/** Everything that was written to an address, oldest first. */
export async function mailsTo(address: string): Promise<SentMail[]> {
  const rows = await db().mail.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return rows.flatMap((row) => {
    const content = openContent(row);
    if (content?.to !== address) return [];
    return [{ kind: row.kind as MailKind, values: content.values as Record<string, string> }];
  });
}

/** The token in the link of the newest mail of this kind to an address. */
export async function tokenFor(address: string, kind: MailKind): Promise<string> {
  const mail = (await mailsTo(address)).findLast((each) => each.kind === kind);
  const token = new URL(mail?.values.link ?? "", "http://self.invalid").searchParams.get("token");
  if (!token) throw new Error(`no ${kind} mail with a link to ${address}`);
  return token;
}

/** Names in the audit log about an account, oldest first. */
export async function auditOf(subjectId: string): Promise<string[]> {
  const rows = await db().auditEvent.findMany({ where: { subjectId }, orderBy: { seq: "asc" } });
  return rows.map((row) => row.name);
}
