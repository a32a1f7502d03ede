import { routes } from "@/lib/client/routes";
import { type ErrorCode, isErrorCode } from "@/lib/errors";

/** What the log-in page says about how somebody came there. */
export const arrivalNotices = ["password_reset", "email_changed", "account_deleted"] as const;
export type ArrivalNotice = (typeof arrivalNotices)[number];

/** The log-in page with a notice. */
export function logInWithNotice(notice: ArrivalNotice): string {
  return `${routes.login()}?notice=${notice}`;
}

export function arrivalNotice(value: string | undefined): ArrivalNotice | undefined {
  return arrivalNotices.find((notice) => notice === value);
}

/** What can go wrong on the way to the log-in page. */
const problems: readonly ErrorCode[] = [
  "provider_denied",
  "provider_failed",
  "identity_unlinked",
  "identity_taken",
  "token_invalid",
  "rate_limited",
  "account_disabled",
];

/** A problem that an address names. Anybody can write an address, so only these few are said. */
export function arrivalProblem(value: string | undefined): ErrorCode | undefined {
  return value && isErrorCode(value) && problems.includes(value) ? value : undefined;
}
