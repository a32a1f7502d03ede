"use client";

import { useTranslations } from "next-intl";
import { Switch } from "@/components/ui/switch";
import { useCarry } from "../actions/use-carry";

/** Offers to have translations follow; nothing where there are none. */
export function CarrySwitch() {
  const t = useTranslations("editor.carry");
  const carry = useCarry();
  if (!carry) return null;
  return (
    <Switch label={t("label")} hint={t("hint")} checked={carry.on} onCheckedChange={carry.change} />
  );
}
