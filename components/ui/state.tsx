import { CircleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface StateProps {
  title: string;
  description?: ReactNode;
  /** What to do next: a button or a link. */
  action?: ReactNode;
  /** 1 when the state is the whole page, else 2. */
  level?: 1 | 2;
  className?: string;
}

const frame = "flex flex-col items-center justify-center gap-4 px-6 py-16 text-center";

/** Nothing here yet: says so, and offers the next step. */
export function EmptyState({
  icon: Icon,
  title,
  description,
  action,
  level = 2,
  className,
}: StateProps & { icon: LucideIcon }) {
  return (
    <div className={cn(frame, className)}>
      <Icon aria-hidden="true" strokeWidth={1.5} className="size-8 text-ink-faint" />
      <StateText title={title} description={description} level={level} />
      {action ? <div className="flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

interface ErrorStateProps extends StateProps {
  /** Shown small and selectable, so that it can be told to an operator. */
  requestId?: { label: string; value: string } | undefined;
}

/** It went wrong: what happened, what to do, and the number to quote. */
export function ErrorState({
  title,
  description,
  action,
  requestId,
  level = 2,
  className,
}: ErrorStateProps) {
  return (
    <div role="alert" className={cn(frame, className)}>
      <CircleAlert aria-hidden="true" strokeWidth={1.5} className="size-8 text-danger" />
      <StateText title={title} description={description} level={level} />
      {action ? <div className="flex flex-wrap justify-center gap-2">{action}</div> : null}
      {requestId ? (
        <p className="text-ink-faint text-xs">
          {requestId.label} <code className="select-all font-mono">{requestId.value}</code>
        </p>
      ) : null}
    </div>
  );
}

function StateText({
  title,
  description,
  level,
}: Pick<StateProps, "title" | "description" | "level">) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="flex max-w-sm flex-col gap-1">
      <Heading className="font-semibold text-lg">{title}</Heading>
      {description ? <p className="text-balance text-ink-muted">{description}</p> : null}
    </div>
  );
}
