"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check, Columns2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEditor } from "@/components/editor/editor-context";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import { useRunCommand } from "@/components/editor/keys/keys-context";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Menu, MenuRadioGroup, MenuSeparator } from "@/components/ui/menu";
import { popupItemStyle } from "@/components/ui/popup-style";
import { targetName } from "@/lib/translation/targets";
import { useSideBySide } from "./side-by-side-context";

/** Which language stands beside, and whether both are on the picture. */
export function BesideMenu() {
  const { track } = useEditor();
  const t = useTranslations("sidebyside");
  const locale = useLocale();
  const { choice, setChoice, others, bilingual } = useSideBySide();
  const run = useRunCommand();
  if (others.length === 0) return null;
  const options = others.map(({ id, language }) => {
    const name = targetName(language, locale);
    return id === track.sourceTrackId
      ? { value: "source", label: t("besideSource", { language: name }) }
      : { value: id, label: name };
  });
  return (
    <Menu
      trigger={
        <IconButton
          size="sm"
          label={t("beside")}
          title={t("beside")}
          className={cn(choice !== "none" && "text-accent not-disabled:hover:text-accent")}
        >
          <Columns2 aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuRadioGroup
        label={t("beside")}
        value={choice}
        onValueChange={setChoice}
        options={[{ value: "none", label: t("besideNone") }, ...options]}
      />
      <MenuSeparator />
      <Base.CheckboxItem
        checked={bilingual}
        onCheckedChange={() => run("view.bilingual")}
        className={cn(popupItemStyle)}
      >
        <span className="mr-6 flex-1">{t("bilingual")}</span>
        <CommandKeys id="view.bilingual" />
        <Base.CheckboxItemIndicator>
          <Check aria-hidden="true" />
        </Base.CheckboxItemIndicator>
      </Base.CheckboxItem>
    </Menu>
  );
}
