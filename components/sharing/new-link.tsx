"use client";

import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { routes } from "@/lib/client/routes";

/** The address of a link that was just made: it is shown this once. */
export function NewLink({ token, onClose }: { token: string; onClose: () => void }) {
  const t = useTranslations("sharing.links");
  const common = useTranslations("common");
  const field = useRef<HTMLInputElement>(null);
  const url = new URL(routes.shared(token), window.location.origin).href;
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      toast.success(t("copied"));
    } catch {
      field.current?.select();
      toast.error(t("copyFailed"));
    }
  };
  return (
    <Notice tone="success" close={{ label: common("close"), onClose }}>
      <p className="font-medium">{t("made")}</p>
      <p className="mt-0.5 text-ink text-sm">{t("madeHint")}</p>
      <div className="mt-2 flex gap-2">
        <Input
          ref={field}
          readOnly
          value={url}
          aria-label={t("address")}
          onFocus={(event) => event.currentTarget.select()}
          className="min-w-0 flex-1"
        />
        <Button onClick={() => void copy()}>
          <Copy aria-hidden="true" />
          {t("copy")}
        </Button>
      </div>
    </Notice>
  );
}
