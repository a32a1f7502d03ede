import { routes } from "@/lib/client/routes";
import type { NoticeView } from "@/lib/notices/schema";

/** The page that a notice is about. */
export function noticeLink(notice: NoticeView): string {
  switch (notice.kind) {
    // From there accounts go on to top up, visitors to sign up.
    case "credits-low":
    case "credits-expiring":
      return routes.credits();
    case "top-up-done":
    case "top-up-ended":
    case "refund-done":
    case "refund-rejected":
      return routes.order(notice.values.orderId);
    case "job-partly-completed":
    case "job-failed":
      return routes.job(notice.values.jobId);
    case "job-completed":
    case "job-unaffordable":
    case "video-expiring":
    case "video-shared":
    case "share-joined":
      return routes.video(notice.values.videoId);
    case "render-completed":
    case "render-failed":
    case "track-reviewed":
      return routes.video(notice.values.videoId, { track: notice.values.trackId });
    case "money-finding":
      return routes.findings();
  }
}

/** Pages that show what the notice says by themselves: there it needs no toast. */
export function isShownAt(notice: NoticeView, pathname: string): boolean {
  if (noticeLink(notice) === pathname || pathname === routes.notices()) return true;
  return "jobId" in notice.values && routes.job(notice.values.jobId) === pathname;
}
