"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "@/components/account/avatar";
import { usePeople } from "@/lib/client/use-track-events";
import { useEditor } from "../editor-context";

/** Who else is at a cue just now, and whether they write in it. */
export function RowPeople({ cueId }: { cueId: string }) {
  const { session } = useEditor();
  const t = useTranslations("editor.list");
  const here = usePeople(session).filter((person) => person.cueId === cueId);
  const [one] = here;
  if (!one) return null;
  const writing = here.some((person) => person.writing);
  const names = here.map(({ name }) => name).join(", ");
  const label = t(writing ? "writes" : "here", { names });
  return (
    <span title={label} className="relative z-1 inline-flex shrink-0 items-center">
      <Avatar name={one.name} photoUrl={null} className="size-5 text-xs" />
      {here.length > 1 ? <span className="text-ink-muted text-xs">+{here.length - 1}</span> : null}
      <span className="sr-only">{label}</span>
    </span>
  );
}
