import { type ProviderId, providerSchema } from "@/lib/auth/schema";
import { type ErrorCode, isErrorCode } from "@/lib/errors";

/** How something ended that had to leave the page. */
export type Outcome =
  | { kind: "linked"; provider: ProviderId }
  | { kind: "reauthenticated" }
  | { kind: "problem"; code: ErrorCode };

/** What an address says about an outcome, and its query without that. Anybody may write one. */
export function readOutcome(search: string): { outcome: Outcome | null; search: string } {
  const query = new URLSearchParams(search);
  const outcome = outcomeOf(query);
  for (const name of ["linked", "reauthenticated", "problem"]) query.delete(name);
  const rest = query.toString();
  return { outcome, search: rest === "" ? "" : `?${rest}` };
}

function outcomeOf(query: URLSearchParams): Outcome | null {
  const problem = query.get("problem");
  if (problem !== null) {
    return { kind: "problem", code: isErrorCode(problem) ? problem : "internal" };
  }
  const linked = providerSchema.safeParse(query.get("linked"));
  if (linked.success) return { kind: "linked", provider: linked.data };
  return query.has("reauthenticated") ? { kind: "reauthenticated" } : null;
}
