"use client";

import { AlertDialog as BaseAlert } from "@base-ui/react/alert-dialog";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactElement, ReactNode, RefObject } from "react";
import { Button, IconButton } from "./button";
import { cn } from "./cn";

const backdropStyle =
  "fixed inset-0 z-40 bg-backdrop transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0";
/* On a phone a sheet at the bottom, within the thumb's reach. */
const dialogStyle = [
  "fixed z-50 flex max-h-[calc(100dvh-2rem)] flex-col rounded-base border border-line-strong bg-raised shadow-popup outline-none",
  "inset-x-2 bottom-2 sm:inset-x-auto sm:bottom-auto sm:top-1/2 sm:left-1/2 sm:w-[calc(100vw-2rem)] sm:max-w-md sm:-translate-x-1/2 sm:-translate-y-1/2",
  "transition-[opacity,scale] duration-150 ease-out data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:opacity-0",
  // Of two dialogs only the upper one shows; the lower one comes back as it was.
  "data-nested-dialog-open:opacity-0",
].join(" ");

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** Name of the button in the corner. */
  closeLabel: string;
  /** Buttons at the bottom. */
  footer?: ReactNode;
  /** False: only a button of its own closes it, as what it shows would be lost. */
  dismissible?: boolean;
  /** What has the focus first; else the first thing that can have it. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** It has left the screen, and the focus is back where it was. */
  onClosed?: () => void;
  className?: string;
  children?: ReactNode;
}

/** A task apart from the page; Escape and a press outside close it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  closeLabel,
  footer,
  dismissible = true,
  initialFocus,
  onClosed,
  className,
  children,
}: DialogProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => (next || dismissible) && onOpenChange(next)}
      onOpenChangeComplete={(next) => next || onClosed?.()}
    >
      <Base.Portal>
        <Base.Backdrop className={backdropStyle} />
        <Base.Popup
          className={cn(dialogStyle, className)}
          {...(initialFocus ? { initialFocus } : {})}
        >
          <div className="flex items-start justify-between gap-4 p-4 pb-2">
            <div className="flex flex-col gap-1">
              <Base.Title className="font-semibold text-lg">{title}</Base.Title>
              {description ? (
                <Base.Description className="text-ink-muted">{description}</Base.Description>
              ) : null}
            </div>
            {dismissible ? (
              <Base.Close
                render={
                  <IconButton label={closeLabel} size="sm">
                    <X aria-hidden="true" />
                  </IconButton>
                }
              />
            ) : null}
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
          {footer ? <div className="flex justify-end gap-2 border-t p-3">{footer}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will be gone, and whether it can come back. */
  description: ReactNode;
  cancelLabel: string;
  confirmLabel: string;
  onConfirm: () => void;
  /** The confirmed work is under way. */
  pending?: boolean;
  tone?: "neutral" | "danger";
  /** The button that opens it, when it isn't opened by code. */
  trigger?: ReactElement;
}

/** Asks before something that can't be undone; only a button closes it. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  cancelLabel,
  confirmLabel,
  onConfirm,
  pending = false,
  tone = "danger",
  trigger,
}: ConfirmDialogProps) {
  return (
    <BaseAlert.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <BaseAlert.Trigger render={trigger} /> : null}
      <BaseAlert.Portal>
        <BaseAlert.Backdrop className={backdropStyle} />
        <BaseAlert.Popup className={cn(dialogStyle, "gap-4 p-4")}>
          <div className="flex flex-col gap-1">
            <BaseAlert.Title className="font-semibold text-lg">{title}</BaseAlert.Title>
            <BaseAlert.Description className="text-ink-muted">{description}</BaseAlert.Description>
          </div>
          <div className="flex justify-end gap-2">
            <BaseAlert.Close render={<Button disabled={pending}>{cancelLabel}</Button>} />
            <Button
              variant={tone === "danger" ? "danger" : "primary"}
              pending={pending}
              onClick={onConfirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </BaseAlert.Popup>
      </BaseAlert.Portal>
    </BaseAlert.Root>
  );
}
