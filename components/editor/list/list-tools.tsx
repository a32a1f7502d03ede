"use client";

import { Menu as Base } from "@base-ui/react/menu";
import {
  Check,
  Combine,
  Crosshair,
  LocateFixed,
  type LucideIcon,
  Plus,
  Redo2,
  Search,
  Split,
  Timer,
  Trash2,
  Undo2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { BesideMenu } from "@/components/side-by-side/beside-menu";
import { SpeakersButton } from "@/components/speakers/speakers-button";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Menu, MenuSeparator } from "@/components/ui/menu";
import { popupItemStyle } from "@/components/ui/popup-style";
import { Tooltip } from "@/components/ui/tooltip";
import { useCarry } from "../actions/use-carry";
import { useEditor } from "../editor-context";
import { CommandItem } from "../keys/command-item";
import { CommandKeys, useAriaKeys } from "../keys/command-keys";
import type { CommandId } from "../keys/command-table";
import { useCommandName, useCommandState, useRunCommand } from "../keys/keys-context";
import { useFollow } from "./use-follow";

/** What can be done with cues, above their list. A press leaves the cursor in its text. */
export function ListTools() {
  const { session, player } = useEditor();
  const t = useTranslations("editor.tools");
  return (
    <div
      role="toolbar"
      aria-label={t("label")}
      onMouseDown={keepFocus}
      className="tool-row flex min-h-9 shrink-0 flex-wrap items-center gap-0.5 border-b px-2 py-0.5 max-sm:low:px-1"
    >
      <CommandButton id="edit.undo" icon={Undo2} />
      <CommandButton id="edit.redo" icon={Redo2} />
      <Divider />
      <CommandButton id="cue.insert-after" icon={Plus} />
      <CommandButton id="cue.split" icon={Split} />
      <CommandButton id="cue.merge-next" icon={Combine} />
      <CommandButton id="cue.delete" icon={Trash2} />
      <Divider />
      <TimesMenu />
      <CommandButton id="find.open" icon={Search} />
      <div className="ml-auto flex items-center justify-end gap-0.5 pointer-coarse:grow-2">
        <BesideMenu />
        <SpeakersButton session={session} player={player} />
        <FollowButton />
      </div>
    </div>
  );
}

/** What is pressed here is about the text that is open: it stays open. */
function keepFocus(event: React.MouseEvent): void {
  if (event.target instanceof Element && event.target.closest("[data-keeps-text]")) {
    event.preventDefault();
  }
}

const Divider = () => (
  <span aria-hidden="true" className="mx-1 h-5 w-px bg-line max-sm:low:hidden" />
);

interface CommandButtonProps {
  id: CommandId;
  icon: LucideIcon;
  className?: string;
}

/** A command as a button with an icon; its name and keys come from the table. */
export function CommandButton({ id, icon: Icon, className }: CommandButtonProps) {
  const name = useCommandName(id);
  const keys = useAriaKeys(id);
  const { can } = useCommandState(id);
  const run = useRunCommand();
  return (
    <Tooltip
      content={
        <>
          {name} <CommandKeys id={id} className="border-canvas/25 bg-transparent text-canvas" />
        </>
      }
    >
      <IconButton
        size="sm"
        label={name}
        aria-keyshortcuts={keys}
        aria-disabled={!can || undefined}
        data-keeps-text
        onClick={() => run(id)}
        className={cn(className)}
      >
        <Icon aria-hidden="true" />
      </IconButton>
    </Tooltip>
  );
}

function TimesMenu() {
  const t = useTranslations("editor.tools");
  return (
    <Menu
      align="start"
      trigger={
        <IconButton size="sm" label={t("times")} title={t("times")}>
          <Timer aria-hidden="true" />
        </IconButton>
      }
    >
      <TimeItems />
      <CarryItem />
    </Menu>
  );
}

/** Whether translations follow, to be switched in the menu of times. */
function CarryItem() {
  const t = useTranslations("editor.carry");
  const carry = useCarry();
  if (!carry) return null;
  return (
    <>
      <MenuSeparator />
      <Base.CheckboxItem
        checked={carry.on}
        onCheckedChange={carry.change}
        className={cn(popupItemStyle)}
      >
        <span className="flex-1">{t("label")}</span>
        <Base.CheckboxItemIndicator>
          <Check aria-hidden="true" />
        </Base.CheckboxItemIndicator>
      </Base.CheckboxItem>
    </>
  );
}

/** The commands of times, as items of a menu. */
export function TimeItems() {
  return (
    <>
      <CommandItem id="time.set-start" />
      <CommandItem id="time.set-end" />
      <CommandItem id="time.set-start-shift-rest" />
      <MenuSeparator />
      <CommandItem id="time.nudge-start-back" />
      <CommandItem id="time.nudge-start-forward" />
      <CommandItem id="time.nudge-end-back" />
      <CommandItem id="time.nudge-end-forward" />
      <CommandItem id="time.shift-back" />
      <CommandItem id="time.shift-forward" />
      <MenuSeparator />
      <CommandItem id="time.snap-speech" />
      <CommandItem id="time.snap-shot" />
      <MenuSeparator />
      <CommandItem id="time.shift-dialog" />
      <CommandItem id="time.stretch-dialog" />
    </>
  );
}

function FollowButton() {
  const t = useTranslations("editor.tools");
  const follow = useFollow();
  const on = follow.mode === "on";
  const Icon = on ? LocateFixed : Crosshair;
  return (
    <Tooltip content={t("follow")}>
      <IconButton
        size="sm"
        label={t("follow")}
        aria-pressed={on}
        onClick={() => follow.on("switched")}
        className={cn(on && "text-accent not-disabled:hover:text-accent")}
      >
        <Icon aria-hidden="true" />
      </IconButton>
    </Tooltip>
  );
}
