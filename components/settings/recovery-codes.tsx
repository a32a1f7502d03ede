"use client";

import { Copy, Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { recoveryCodesText } from "./codes";
import { useCopy } from "./use-copy";

interface RecoveryCodesProps {
  codes: readonly string[];
  /** Whose they are, for the file. */
  account: string;
}

/** The codes, this once, and ways to keep them. */
export function RecoveryCodes({ codes, account }: RecoveryCodesProps) {
  const t = useTranslations("settings.security.codes");
  const locale = useLocale();
  const copy = useCopy();
  const list = useRef<HTMLUListElement>(null);
  // Not the button that puts them away: a second press of Enter would, before they are read.
  useEffect(() => list.current?.focus(), []);
  const download = () => {
    const date = new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date());
    const text = recoveryCodesText({
      title: t("fileTitle"),
      note: t("fileNote"),
      account,
      date,
      codes,
    });
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "ax2-caption-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className="flex flex-col gap-3 pt-2">
      <ul
        ref={list}
        tabIndex={-1}
        aria-label={t("list")}
        className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-base border bg-surface p-4 text-center font-mono text-base outline-none"
      >
        {codes.map((code) => (
          <li key={code} className="select-all whitespace-nowrap">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copy(codes.join("\n"))}>
          <Copy aria-hidden="true" />
          {t("copy")}
        </Button>
        <Button onClick={download}>
          <Download aria-hidden="true" />
          {t("download")}
        </Button>
      </div>
    </div>
  );
}
