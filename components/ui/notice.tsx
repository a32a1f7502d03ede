import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { cn } from "./cn";

const looks = {
  neutral: { icon: Info, style: "bg-sunken text-ink" },
  success: { icon: CircleCheck, style: "bg-success-soft text-success" },
  warning: { icon: TriangleAlert, style: "bg-warning-soft text-warning" },
  danger: { icon: CircleAlert, style: "bg-danger-soft text-danger" },
} as const;

interface NoticeProps {
  tone?: keyof typeof looks;
  /** Offers to put it away. */
  close?: { label: string; onClose: () => void };
  className?: string;
  children: ReactNode;
}

/** A sentence about what surrounds it, in its place on the page. */
export function Notice({ tone = "neutral", close, className, children }: NoticeProps) {
  const { icon: Icon, style } = looks[tone];
  return (
    <div
      className={cn(
        "flex items-start gap-2 rounded-base px-3.5 py-2.5 text-base",
        close && "pr-2",
        style,
        className,
      )}
    >
      <Icon aria-hidden="true" className="mt-0.75 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
      {close ? (
        <IconButton
          label={close.label}
          size="sm"
          onClick={close.onClose}
          className="-my-0.75 text-current"
        >
          <X aria-hidden="true" />
        </IconButton>
      ) : null}
    </div>
  );
}
