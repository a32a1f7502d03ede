"use client";

import { useEditor, useSelection } from "@/components/editor/editor-context";
import { useCommand } from "@/components/editor/keys/keys-context";
import { maxPartCues } from "@/lib/retranslation/limits";
import { allows } from "@/lib/sharing/roles";
import { retranslateRequest } from "./retranslate-request";
import { Retranslations } from "./retranslations";
import { useSideBySide, useStaleIds } from "./side-by-side-context";
import { useSourceActions } from "./use-source-actions";

/** The keys of what stands beside the open track. */
export function SourceCommands() {
  const { readOnly, session } = useEditor();
  const { source, beside } = useSideBySide();
  const stale = useStaleIds();
  const some = useSelection(({ cueId }) => cueId !== null);
  const { step, accept, copy, chosen } = useSourceActions();
  const waiting = { enabled: stale.length > 0 };
  const editing = some && !readOnly;
  useCommand("source.next-stale", () => step(1), waiting);
  useCommand("source.previous-stale", () => step(-1), waiting);
  useCommand("source.accept", () => void accept(), { enabled: editing && stale.length > 0 });
  useCommand("source.copy", () => void copy(), {
    enabled: editing && (source ?? beside) !== null,
  });
  useCommand("source.retranslate", () => retranslateRequest.ask(chosen().slice(0, maxPartCues)), {
    enabled: editing && source !== null && allows(session.role, "owner"),
  });
  return <Retranslations />;
}
