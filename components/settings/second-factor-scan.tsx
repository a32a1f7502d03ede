"use client";

import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { cn } from "@/components/ui/cn";
import type { SecondFactorSetup } from "@/lib/auth/schema";
import { groupInFours } from "./codes";
import { useCopy } from "./use-copy";

/** Brings the secret into an authenticator app: by camera, by link, or by typing it. */
export function SecondFactorScan({ setup }: { setup: SecondFactorSetup }) {
  const t = useTranslations("settings.security.setUp");
  const copy = useCopy();
  return (
    <div className="flex flex-col gap-3">
      <p>{t("scan")}</p>
      {/* Dark on white in any theme, with a margin, or cameras don't find it. */}
      {/* biome-ignore lint/performance/noImgElement: the picture is in its address */}
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(setup.qrSvg)}`}
        alt={t("qr")}
        className="size-48 self-center rounded-base border bg-caption p-3"
      />
      <a
        href={setup.uri}
        className={cn(buttonStyle(), "hidden self-center pointer-coarse:inline-flex")}
      >
        {t("openApp")}
      </a>
      <div className="flex flex-col gap-1">
        <p className="text-ink-muted text-sm">{t("secret")}</p>
        <div className="flex items-center gap-2 rounded-base border bg-surface py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 select-all font-mono">{groupInFours(setup.secret)}</code>
          <IconButton label={t("copySecret")} onClick={() => void copy(setup.secret)}>
            <Copy aria-hidden="true" />
          </IconButton>
        </div>
      </div>
    </div>
  );
}
