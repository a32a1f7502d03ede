/** What the table says about one kind of failure. */
export interface ErrorEntry {
  /** HTTP status. */
  status: number;
  /** Trying the same thing again later may succeed. */
  retryable: boolean;
  logLevel: "info" | "warn" | "error";
  /** The name under which a request refused for this goes into the audit log. */
  audited?: "authz_fail" | "excess_rate_limit_exceeded" | "malicious_csrf";
  /** What the person reads: what happened and, where they can do something, what. */
  title: { ko: string; en: string };
}

/** An entry with the usual rest: not retryable, loud from 500 on, not audited. */
export function entry(
  status: number,
  ko: string,
  en: string,
  more: Partial<Omit<ErrorEntry, "status" | "title">> = {},
): ErrorEntry {
  const logLevel = status >= 500 ? "error" : "info";
  return { status, retryable: false, logLevel, ...more, title: { ko, en } };
}
