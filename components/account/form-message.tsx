import type { ReactNode } from "react";
import { Notice } from "@/components/ui/notice";

/** What is wrong. Always in the page, so that a screen reader notices when it fills. */
export function FormMessage({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="empty:hidden">
      {children ? <Notice tone="danger">{children}</Notice> : null}
    </div>
  );
}

/** What went well. */
export function FormNotice({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="empty:hidden">
      {children ? <Notice tone="success">{children}</Notice> : null}
    </div>
  );
}
