"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import type { CommandId } from "@/components/editor/keys/command-table";
import { messageKey } from "@/components/editor/keys/message-key";
import { Button, IconButton } from "@/components/ui/button";
import { type TourStep, tourSteps } from "./tour-steps";
import { type TargetBox, useTargetBox } from "./use-target-box";

/** Keys that a step tells, after its text. */
const keysOfStep: Partial<Record<TourStep["id"], readonly CommandId[]>> = {
  list: ["cue.next", "play.toggle"],
  text: ["cue.edit", "cue.split"],
  timeline: ["time.set-start", "time.set-end"],
  quality: ["quality.next"],
  saving: ["edit.undo", "help.keys"],
};

/** One popover that goes from part to part. The editor stays usable beside it. */
export function TourWalk({ onEnd }: { onEnd: () => void }) {
  const [at, setAt] = useState(0);
  const step = tourSteps[at] ?? tourSteps[0];
  const box = useTargetBox(step as TourStep);
  if (!step || !box) return null;
  return (
    <>
      <Frame box={box} />
      <StepPopover
        step={step}
        at={at}
        box={box}
        onStep={(by) => setAt(Math.max(0, Math.min(at + by, tourSteps.length - 1)))}
        onEnd={onEnd}
      />
    </>
  );
}

/** Shows which part is meant. */
function Frame({ box }: { box: TargetBox }) {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed z-40 rounded-base outline-2 outline-accent -outline-offset-2 motion-safe:transition-[left,top,width,height] motion-safe:duration-150"
      style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
    />
  );
}

interface StepPopoverProps {
  step: TourStep;
  at: number;
  box: TargetBox;
  onStep: (by: 1 | -1) => void;
  onEnd: () => void;
}

function StepPopover({ step, at, box, onStep, onEnd }: StepPopoverProps) {
  const t = useTranslations("tour");
  const next = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const last = at === tourSteps.length - 1;
  const anchor = {
    getBoundingClientRect: () => DOMRect.fromRect({ x: box.left, y: box.top, ...box }),
  };
  return (
    <Base.Root
      open
      onOpenChange={(open, { reason, event }) => {
        // Only by its own keys: beside it people try out what it tells.
        const own = event.target instanceof Node && popup.current?.contains(event.target);
        if (!open && reason === "escape-key" && own) onEnd();
      }}
    >
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          positionMethod="fixed"
          side={step.side}
          sideOffset={8}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup
            // No dialog: the editor's keys go on working beside it.
            role="region"
            ref={popup}
            initialFocus={() => (isWriting() ? false : next.current)}
            finalFocus={chosenRow}
            className="flex w-80 max-w-[calc(100vw-1rem)] flex-col gap-2 rounded-base border border-line-strong bg-raised p-3 shadow-popup outline-none motion-safe:transition-opacity motion-safe:duration-150 data-starting-style:opacity-0"
          >
            <div className="flex items-start justify-between gap-2">
              <Base.Title className="font-semibold text-md" aria-live="polite">
                {t(`${step.id}.title`)}
              </Base.Title>
              <IconButton label={t("skip")} size="sm" onClick={onEnd}>
                <X aria-hidden="true" />
              </IconButton>
            </div>
            <Base.Description className="text-ink-muted" aria-live="polite">
              {t(`${step.id}.text`)}
            </Base.Description>
            <StepKeys step={step} />
            <div className="flex items-center gap-2 pt-1">
              <p className="mr-auto text-ink-muted text-sm tabular-nums">
                {t("place", { at: at + 1, of: tourSteps.length })}
              </p>
              {at > 0 ? (
                <Button size="sm" variant="quiet" onClick={() => onStep(-1)}>
                  {t("back")}
                </Button>
              ) : (
                <Button size="sm" variant="quiet" onClick={onEnd}>
                  {t("skip")}
                </Button>
              )}
              <Button
                ref={next}
                size="sm"
                variant="primary"
                onClick={() => (last ? onEnd() : onStep(1))}
              >
                {t(last ? "finish" : "next")}
              </Button>
            </div>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Nobody who has begun to write is taken out of their text. */
const isWriting = () => document.activeElement instanceof HTMLTextAreaElement;

/** Where the tour leaves people: at the list. */
const chosenRow = () =>
  isWriting() ? false : document.querySelector<HTMLElement>('[data-cue-row] [tabindex="0"]');

function StepKeys({ step }: { step: TourStep }) {
  const names = useTranslations("editor.commands");
  const ids = keysOfStep[step.id] ?? [];
  return (
    <ul className="flex flex-col gap-1 text-sm max-sm:hidden">
      {ids.map((id) => (
        <li key={id} className="flex items-center justify-between gap-3">
          <span className="min-w-0">{names(messageKey(id))}</span>
          <CommandKeys id={id} />
        </li>
      ))}
    </ul>
  );
}
