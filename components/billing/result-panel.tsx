import {
  CircleAlert,
  CircleCheck,
  Hourglass,
  type LucideIcon,
  ReceiptText,
  TriangleAlert,
} from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Panel } from "@/components/ui/panel";
import { Spinner } from "@/components/ui/spinner";

const looks = {
  waiting: { icon: null, color: "text-accent" },
  patience: { icon: Hourglass, color: "text-accent" },
  success: { icon: CircleCheck, color: "text-success" },
  neutral: { icon: ReceiptText, color: "text-ink-muted" },
  warning: { icon: TriangleAlert, color: "text-warning" },
  danger: { icon: CircleAlert, color: "text-danger" },
} as const satisfies Record<string, { icon: LucideIcon | null; color: string }>;

interface ResultPanelProps {
  tone: keyof typeof looks;
  title: string;
  description?: ReactNode;
  /** What to do next: links and buttons. */
  actions?: ReactNode;
  /** Figures and numbers to quote. */
  children?: ReactNode;
}

/** How something with money went, read aloud when it changes. */
export function ResultPanel({ tone, title, description, actions, children }: ResultPanelProps) {
  const { icon: Icon, color } = looks[tone];
  return (
    <Panel
      role={tone === "danger" ? "alert" : "status"}
      className="flex w-full max-w-2xl flex-col gap-5 p-5 sm:p-8"
    >
      <div className="flex items-start gap-3.5">
        <span className={cn("mt-0.5 [&_svg]:size-6", color)}>
          {Icon ? <Icon aria-hidden="true" strokeWidth={1.75} /> : <Spinner />}
        </span>
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <h2 className="font-semibold text-lg">{title}</h2>
          {description ? <p className="text-ink-muted">{description}</p> : null}
        </div>
      </div>
      {children}
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </Panel>
  );
}

/** A number to quote, small and selectable. */
export function QuotedNumber({ label, value }: { label: string; value: string }) {
  return (
    <p className="text-ink-faint text-xs">
      {label} <code className="select-all font-mono">{value}</code>
    </p>
  );
}
