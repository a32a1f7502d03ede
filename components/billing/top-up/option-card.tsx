import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface OptionCardProps {
  /** Unique to the group on the page. */
  name: string;
  value: string;
  checked: boolean;
  onSelect: () => void;
  className?: string;
  children: ReactNode;
}

/** One of a few: a native radio button as large as its card, so arrow keys just work. */
export function OptionCard({
  name,
  value,
  checked,
  onSelect,
  className,
  children,
}: OptionCardProps) {
  return (
    <label
      className={cn(
        "relative flex cursor-pointer items-start gap-3 rounded-base border bg-surface px-3.5 py-3 transition-colors duration-100",
        "hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft",
        "has-focus-visible:outline-2 has-focus-visible:outline-accent",
        className,
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={onSelect}
        className="peer absolute inset-0 cursor-pointer opacity-0"
      />
      <span
        aria-hidden="true"
        className="mt-0.75 size-4 shrink-0 rounded-full border border-control-line bg-surface peer-checked:border-5 peer-checked:border-accent"
      />
      {children}
    </label>
  );
}
