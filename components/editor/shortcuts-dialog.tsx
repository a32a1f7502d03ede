"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

/** Keys by what they do; the words are in `studio.shortcuts`. */
const groups = {
  play: [
    ["toggle", [["Space"], ["K"]]],
    ["toggleWriting", [["Ctrl", "Space"]]],
    ["jump", [["J"], ["L"]]],
    ["step", [["←"], ["→"]]],
    [
      "fineStep",
      [
        ["Shift", "←"],
        ["Shift", "→"],
      ],
    ],
    ["frame", [[","], ["."]]],
    ["rate", [["<"], [">"]]],
  ],
  view: [
    ["mute", [["M"]]],
    ["captions", [["C"]]],
    ["fullscreen", [["F"]]],
    ["help", [["?"]]],
  ],
  cues: [
    ["select", [["↑"], ["↓"]]],
    ["edit", [["Enter"]]],
    ["save", [["Enter"]]],
    ["newline", [["Shift", "Enter"]]],
    ["cancel", [["Esc"]]],
  ],
} as const;

const groupNames = ["play", "cues", "view"] as const;

interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The sheet of all keys. */
export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const t = useTranslations("studio.shortcuts");
  const common = useTranslations("common");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title")}
      closeLabel={common("close")}
      className="sm:max-w-2xl"
    >
      <div className="grid gap-x-8 gap-y-5 pt-2 sm:grid-cols-2 [&>*:first-child]:row-span-2">
        {groupNames.map((group) => (
          <section key={group} className="flex flex-col gap-1.5">
            <h3 className="font-medium text-ink-muted text-sm">{t(`groups.${group}`)}</h3>
            <dl className="flex flex-col">
              {groups[group].map(([name, combinations]) => (
                <div
                  key={name}
                  className="flex min-h-8 items-center justify-between gap-3 border-b last:border-b-0"
                >
                  <dt>{t(`keys.${name}`)}</dt>
                  <dd className="flex shrink-0 items-center gap-2">
                    {combinations.map((keys) => (
                      <span key={keys.join("+")} className="flex items-center gap-0.5">
                        {keys.map((key) => (
                          <Kbd key={key}>{key}</Kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
