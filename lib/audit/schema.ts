/**
 * Names of the OWASP Logging Vocabulary cheat sheet, and, in the same style, ours for what it has
 * no word for.
 */
export const auditNames = [
  "authn_login_success",
  "authn_login_successafterfail",
  "authn_login_fail",
  "authn_login_lock",
  "authn_logout",
  "authn_password_change",
  "authn_password_reset_requested",
  "authn_reauthenticated",
  "authn_factor_added",
  "authn_factor_removed",
  "authn_factor_failed",
  "authn_recovery_code_used",
  "authn_identity_linked",
  "authn_identity_unlinked",
  "authn_provider_refused",
  "authn_token_revoked",
  "authn_token_reuse",
  "authn_new_device",
  "authz_fail",
  "excess_rate_limit_exceeded",
  "malicious_credential_stuffing",
  "malicious_csp_violation",
  "malicious_csrf",
  "malicious_direct_reference",
  "session_created",
  "session_revoked",
  "session_use_after_expire",
  "user_created",
  "user_updated",
  "user_deletion_requested",
  "user_deletion_cancelled",
  "user_deleted",
  "audit_checkpoint",
  "credits_granted",
  "credits_claimed",
  "wallet_frozen",
  "wallet_released",
  "ledger_check_failed",
  "order_created",
  "order_paid",
  "order_failed",
  "order_mismatch",
  "payment_reverted",
  "refund_requested",
  "refund_done",
  "refund_rejected",
  "money_finding",
  "money_finding_changed",
  "promotion_changed",
  "operator_changed",
  "trial_started",
  "video_shared",
  "share_accepted",
  "share_changed",
  "share_revoked",
  "share_link_created",
  "share_link_revoked",
  "share_link_accepted",
  "track_reviewed",
] as const;

export type AuditName = (typeof auditNames)[number];
export type AuditLevel = "info" | "warn" | "critical";

/** One thing to record. Nothing in `detail` may name or locate a person. */
export interface AuditEntry {
  name: AuditName;
  level?: AuditLevel;
  actorId?: string | undefined;
  subjectId?: string | undefined;
  sessionId?: string | undefined;
  /** Left out: the request at hand, if there is one. */
  requestId?: string | undefined;
  /** The caller's network as `clientNetwork` gives it; stored as a keyed hash. */
  network?: string | undefined;
  detail?: Record<string, string | number | boolean | null>;
}

/** Where what is recorded came from. */
export type Whence = Pick<AuditEntry, "requestId" | "network">;
