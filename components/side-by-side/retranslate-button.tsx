"use client";

import { Languages } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useEditor } from "@/components/editor/editor-context";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { maxPartCues } from "@/lib/retranslation/limits";
import { allows } from "@/lib/sharing/roles";
import { retranslateRequest } from "./retranslate-request";

interface RetranslateButtonProps {
  cueIds: readonly string[];
  /** There is a key for these. */
  byKey?: boolean;
  children: ReactNode;
}

/** Asks what translating again would cost. Those whose credits it isn't are told why they can't. */
export function RetranslateButton({ cueIds, byKey = false, children }: RetranslateButtonProps) {
  const { session } = useEditor();
  const t = useTranslations("sidebyside.retranslate");
  if (!allows(session.role, "owner")) {
    return (
      <Tooltip content={t("ownerOnly")}>
        <Button size="sm" aria-disabled onClick={(event) => event.preventDefault()}>
          <Languages aria-hidden="true" />
          {children}
          <span className="sr-only">. {t("ownerOnly")}</span>
        </Button>
      </Tooltip>
    );
  }
  return (
    <Button size="sm" onClick={() => retranslateRequest.ask(cueIds.slice(0, maxPartCues))}>
      <Languages aria-hidden="true" />
      {children}
      {byKey ? <CommandKeys id="source.retranslate" /> : null}
    </Button>
  );
}
