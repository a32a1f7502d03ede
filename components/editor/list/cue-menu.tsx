"use client";

import { ContextMenu } from "@base-ui/react/context-menu";
import { Menu as Base } from "@base-ui/react/menu";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MouseEvent, ReactElement } from "react";
import { cn } from "@/components/ui/cn";
import { MenuSeparator } from "@/components/ui/menu";
import { popupItemStyle, popupStyle } from "@/components/ui/popup-style";
import { useEditor } from "../editor-context";
import { CommandItem } from "../keys/command-item";
import { TimeItems } from "./list-tools";

/** What can be done with the chosen cues, by the right button or the menu key. */
export function CueMenu({ children }: { children: ReactElement }) {
  const { selection, dispatch } = useEditor();
  /** The menu is about the row that it opens on, unless that is one of those chosen. */
  const choose = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const cueId = target?.closest<HTMLElement>("[data-cue-row]")?.dataset.cueRow;
    // A text keeps the browser's menu: spelling, pasting.
    if (cueId === undefined || target?.closest("textarea, input")) return event.stopPropagation();
    const { range } = selection.get();
    if (!range.has(cueId)) dispatch({ kind: "select", cueId, focus: false });
  };
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={children} onContextMenuCapture={choose} />
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="z-50 outline-none">
          <ContextMenu.Popup className={cn(popupStyle)}>
            <CueItems />
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** The commands of the chosen cues. */
export function CueItems() {
  const t = useTranslations("editor.tools");
  return (
    <>
      <CommandItem id="cue.edit" />
      <CommandItem id="play.cue" />
      <CommandItem id="play.loop-cue" />
      <MenuSeparator />
      <CommandItem id="cue.split" />
      <CommandItem id="cue.merge-next" />
      <CommandItem id="cue.merge-previous" />
      <CommandItem id="cue.insert-before" />
      <CommandItem id="cue.insert-after" />
      <CommandItem id="cue.duplicate" />
      <MenuSeparator />
      <Base.SubmenuRoot>
        <Base.SubmenuTrigger className={cn(popupItemStyle)}>
          <span className="flex-1">{t("times")}</span>
          <ChevronRight aria-hidden="true" />
        </Base.SubmenuTrigger>
        <Base.Portal>
          <Base.Positioner className="z-50 outline-none">
            <Base.Popup className={cn(popupStyle)}>
              <TimeItems />
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.SubmenuRoot>
      <CommandItem id="source.retranslate" />
      <CommandItem id="source.copy" />
      <CommandItem id="source.accept" />
      <CommandItem id="notes.add" />
      <CommandItem id="cue.select-all" />
      <MenuSeparator />
      <CommandItem id="cue.delete" tone="danger" />
    </>
  );
}
