import type { SessionView } from "@/lib/auth/schema";

export type SessionKind = "program" | "phone" | "tablet" | "computer";

/** What the picture beside a sign-in shows; the names are those that the server gives devices. */
export function sessionKind({ kind, device }: Pick<SessionView, "kind" | "device">): SessionKind {
  if (kind === "api") return "program";
  if (/\biPad\b/.test(device)) return "tablet";
  return /\b(?:iPhone|Android)\b/.test(device) ? "phone" : "computer";
}
