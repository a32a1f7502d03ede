"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toaster";

/** Puts text on the clipboard and says so; where that is forbidden, says to do it by hand. */
export function useCopy(): (text: string) => Promise<void> {
  const t = useTranslations("settings");
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      toast.success(t("copied"));
    } catch {
      toast.error(t("copyFailed"));
    }
  };
}
