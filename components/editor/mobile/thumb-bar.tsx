"use client";

import {
  ArrowLeftToLine,
  ArrowRightToLine,
  ChevronLeft,
  ChevronRight,
  Info,
  type LucideIcon,
  Minus,
  Pause,
  Play,
  Plus,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useCue } from "@/lib/client/use-track";
import { formatPreciseClock } from "@/lib/subtitles/time";
import { useEditor, useSelection } from "../editor-context";
import { Inspector } from "../inspector/inspector";
import type { CommandId } from "../keys/command-table";
import { useCommandName, useCommandState, useRunCommand } from "../keys/keys-context";

/**
 * The editor of one hand, at the bottom where the thumb is: play, from cue to cue, the times set
 * to what is heard now and moved by a tenth of a second. It goes away while somebody writes or looks
 * for something, when the keyboard needs the room.
 */
export function ThumbBar({ facts }: { facts: ReactNode }) {
  const { session } = useEditor();
  const t = useTranslations("editor.thumb");
  const cueId = useSelection((selection) => selection.cueId);
  const writing = useSelection(({ editing }) => editing);
  const cue = useCue(session, cueId ?? "");
  const [details, setDetails] = useState(false);
  if (writing) return null;
  return (
    <section
      aria-label={t("label")}
      className="low:finding:hidden max-sm:finding:hidden low:col-span-full flex shrink-0 low:flex-row flex-col low:justify-center gap-1.5 border-t bg-raised p-2 low:px-2 low:pt-1 low:pb-[max(0.25rem,env(safe-area-inset-bottom))] pb-[max(0.5rem,env(safe-area-inset-bottom))]"
    >
      {cue ? (
        <div className="grid low:flex-1 grid-cols-2 low:gap-1.5 gap-2">
          <TimeEdge
            name={t("start")}
            time={formatPreciseClock(cue.startMs)}
            set="time.set-start"
            icon={ArrowLeftToLine}
            back="time.nudge-start-back"
            forward="time.nudge-start-forward"
          />
          <TimeEdge
            name={t("end")}
            time={formatPreciseClock(cue.endMs)}
            set="time.set-end"
            icon={ArrowRightToLine}
            back="time.nudge-end-back"
            forward="time.nudge-end-forward"
          />
        </div>
      ) : null}
      <div className="flex low:w-52 shrink-0 items-center justify-between low:gap-1.5 gap-2">
        <Big id="cue.previous">
          <ChevronLeft aria-hidden="true" />
        </Big>
        <PlayButton />
        <Big id="cue.next">
          <ChevronRight aria-hidden="true" />
        </Big>
        <IconButton
          label={t("details")}
          variant="secondary"
          onClick={() => setDetails(true)}
          className="size-11"
        >
          <Info aria-hidden="true" />
        </IconButton>
      </div>
      <Details open={details} onOpenChange={setDetails} facts={facts} />
    </section>
  );
}

interface TimeEdgeProps {
  name: string;
  time: string;
  set: CommandId;
  icon: LucideIcon;
  back: CommandId;
  forward: CommandId;
}

/** One end of the chosen cue: set to what is heard now, or moved a little. */
function TimeEdge({ name, time, set, icon: Icon, back, forward }: TimeEdgeProps) {
  const run = useRunCommand();
  const { can } = useCommandState(set);
  const label = useCommandName(set);
  return (
    <div className="flex min-w-0 gap-1">
      <Small id={back}>
        <Minus aria-hidden="true" />
      </Small>
      <Button
        aria-label={label}
        disabled={!can}
        onClick={() => run(set)}
        className="h-11 min-w-0 flex-1 flex-col gap-0 px-1"
      >
        <span className="inline-flex items-center gap-1">
          <Icon aria-hidden="true" />
          {name}
        </span>
        <span className="font-normal text-ink-muted text-xs tabular-nums">{time}</span>
      </Button>
      <Small id={forward}>
        <Plus aria-hidden="true" />
      </Small>
    </div>
  );
}

function Small({ id, children }: { id: CommandId; children: ReactNode }) {
  const name = useCommandName(id);
  const { can } = useCommandState(id);
  const run = useRunCommand();
  return (
    <IconButton
      label={name}
      variant="secondary"
      disabled={!can}
      onClick={() => run(id)}
      className="h-11 w-11"
    >
      {children}
    </IconButton>
  );
}

function Big({ id, children }: { id: CommandId; children: ReactNode }) {
  const name = useCommandName(id);
  const run = useRunCommand();
  return (
    <Button aria-label={name} onClick={() => run(id)} className="h-11 flex-1">
      {children}
    </Button>
  );
}

function PlayButton() {
  const { player } = useEditor();
  const t = useTranslations("editor.thumb");
  const paused = useSyncExternalStore(
    player.subscribe,
    () => player.getState().paused,
    () => true,
  );
  const Icon = paused ? Play : Pause;
  return (
    <Button
      variant="primary"
      aria-label={t(paused ? "play" : "pause")}
      onClick={() => player.toggle()}
      className="h-11 flex-[1.4]"
    >
      <Icon aria-hidden="true" />
    </Button>
  );
}

interface DetailsProps {
  /** About the video: what else has no room. */
  facts: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The inspector as a sheet: there is no room beside the list. */
function Details({ open, onOpenChange, facts }: DetailsProps) {
  const t = useTranslations("editor.inspector");
  const common = useTranslations("common");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("label")}
      closeLabel={common("close")}
      className="h-[80dvh]"
    >
      {open ? (
        <div className="flex h-full flex-col">
          <Inspector className="-mx-4" />
          <div className="border-t pt-2">{facts}</div>
        </div>
      ) : null}
    </Dialog>
  );
}
