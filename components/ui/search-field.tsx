import { Search } from "lucide-react";
import type { RefObject } from "react";
import { cn } from "./cn";
import { Input } from "./input";

interface SearchFieldProps {
  /** What is looked through; also shown while it is empty. */
  label: string;
  value: string;
  onSearch: (text: string) => void;
  /** Most characters. */
  maxLength: number;
  /** The field itself, to focus it. */
  field?: RefObject<HTMLInputElement | null>;
  className?: string;
}

/** A field to search a list by. */
export function SearchField({
  label,
  value,
  onSearch,
  maxLength,
  field,
  className,
}: SearchFieldProps) {
  return (
    <div className={cn("relative flex-1", className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-muted"
      />
      <Input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={maxLength}
        onChange={(event) => onSearch(event.target.value)}
        className="pl-9"
      />
    </div>
  );
}
