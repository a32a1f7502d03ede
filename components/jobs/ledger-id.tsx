"use client";

import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";

/** A number of the ledger: a press selects all of it, the button copies it. */
export function LedgerId({ id }: { id: string }) {
  const t = useTranslations("receipt");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      toast.success(t("copied"));
    } catch {
      // Without a secure context there is no clipboard; the number can still be selected.
      toast.error(t("copyFailed"));
    }
  };
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <code className="select-all break-all font-mono text-ink-muted text-xs print:text-ink">
        {id}
      </code>
      <IconButton
        size="sm"
        variant="quiet"
        label={t("copy", { id: id.slice(-6) })}
        onClick={() => void copy()}
        className="-my-1 print:hidden"
      >
        <Copy aria-hidden="true" />
      </IconButton>
    </span>
  );
}
