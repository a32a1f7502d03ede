"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

interface TooltipProps {
  /** A few words; the control's own name must not depend on them. */
  content: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
  /** The control, e.g. `<IconButton label=… />`. */
  children: ReactElement;
}

/** Explains a control on hover and focus. */
export function Tooltip({ content, side = "top", children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="flex max-w-64 items-center gap-2 rounded-base bg-ink px-2 py-1 text-canvas text-sm transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Makes neighbouring tooltips follow each other without a wait. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Base.Provider delay={400}>{children}</Base.Provider>;
}
