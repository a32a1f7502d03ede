"use client";

import type { LucideIcon } from "lucide-react";
import { MenuItem } from "@/components/ui/menu";
import { CommandKeys } from "./command-keys";
import type { CommandId } from "./command-table";
import { useCommandName, useCommandState, useRunCommand } from "./keys-context";

interface CommandItemProps {
  id: CommandId;
  icon?: LucideIcon;
  tone?: "neutral" | "danger";
}

/** A command as a line of a menu; not there where nobody does it. */
export function CommandItem({ id, icon: Icon, tone = "neutral" }: CommandItemProps) {
  const name = useCommandName(id);
  const { can, has } = useCommandState(id);
  const run = useRunCommand();
  if (!has) return null;
  return (
    <MenuItem tone={tone} disabled={!can} onClick={() => run(id)}>
      {Icon ? <Icon aria-hidden="true" /> : null}
      <span className="mr-6 flex-1">{name}</span>
      <CommandKeys id={id} />
    </MenuItem>
  );
}
