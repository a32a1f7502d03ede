import type { MailKind, MailValues } from "./schema";

/** One of each mail, for tests: a new kind doesn't compile without its example. */
export const sampleValues: { [Kind in MailKind]: MailValues[Kind] } = {
  "sign-up": { link: "/sign-up/confirm?token=abc-DEF_123" },
  "sign-up-taken": {},
  "password-reset": { link: "/reset/confirm?token=abc-DEF_123" },
  "password-changed": {},
  "email-change": { link: "/email/confirm?token=abc-DEF_123" },
  "email-change-asked": { newEmail: "new@example.test" },
  "email-changed": { newEmail: "new@example.test" },
  "identity-linked": { provider: "kakao" },
  "identity-unlinked": { provider: "naver" },
  "second-factor-on": {},
  "second-factor-off": {},
  "recovery-code-used": { left: 3 },
  "recovery-codes-renewed": {},
  "new-device": {
    device: "Chrome · Windows",
    network: "203.0.113.0/24",
    at: "2026-11-27T03:04:00.000Z",
  },
  "log-in-after-failures": {
    device: "Safari · iPhone",
    network: "203.0.113.0/24",
    at: "2026-11-27T03:04:00.000Z",
  },
  "log-in-locked": { until: "2026-11-27T03:19:00.000Z" },
  "second-factor-locked": { until: "2026-11-27T03:19:00.000Z" },
  "session-reused": { device: "Chrome · Windows", at: "2026-11-27T03:04:00.000Z" },
  "session-refused": { device: "curl", at: "2026-11-27T03:04:00.000Z" },
  "deletion-asked": { until: "2026-12-04T03:04:00.000Z" },
  "deletion-cancelled": {},
  "account-deleted": {},
  "job-completed": { title: "바다의 하루", link: "/videos/0198-id" },
  "job-partly-completed": {
    title: "바다의 하루",
    languages: "일본어 및 스페인어",
    link: "/jobs/0198-id",
  },
  "job-failed": { title: "바다의 하루", link: "/jobs/0198-id" },
  "credits-low": { available: 12, level: 30, link: "/credits/top-up" },
  "credits-expiring": { credits: 50, days: 7, at: "2026-12-04T03:04:00.000Z", link: "/credits" },
  "top-up-done": { credits: 1_050, amountKrw: 11_000, link: "/credits/orders/order-0198" },
  "refund-done": { amountKrw: 11_000, link: "/credits/orders/order-0198" },
  "refund-rejected": { amountKrw: 11_000, link: "/credits/orders/order-0198" },
  "money-finding": { code: "amount_mismatch", subject: "order-0198", link: "/admin/findings" },
  "video-expiring": {
    title: "바다의 하루",
    at: "2026-11-27T03:00:00.000Z",
    link: "/videos/0198-id",
  },
  "video-shared": { title: "바다의 하루", by: "Minsu Kim", link: "/videos/0198-id" },
  "video-shared-new": {
    title: "바다의 하루",
    by: "Minsu Kim",
    email: "new@example.test",
    link: "/sign-up?next=%2Fvideos%2F0198-id",
  },
};

export const mailKinds = Object.keys(sampleValues) as MailKind[];
