"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CommandKeys } from "@/components/editor/keys/command-keys";
import type { CommandId } from "@/components/editor/keys/command-table";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Switch } from "@/components/ui/switch";
import { EdgeFields } from "./edge-fields";
import { LetterFields } from "./letter-fields";
import { type Shown, useExactShown, useSafeAreasShown } from "./picture-view";
import { PlaceFields } from "./place-fields";
import { PresetPicker } from "./preset-picker";
import { type Styling, useStyling } from "./use-styling";

/** How the subtitles look: those of the whole language, or those that are chosen. */
export function StylePanel() {
  const t = useTranslations("style");
  const styling = useStyling();
  return (
    <div className="flex flex-col gap-4">
      <Scope styling={styling} />
      {styling.readOnly ? <p className="text-ink-muted text-sm">{t("readOnly")}</p> : null}
      <PresetPicker styling={styling} />
      <Section title={t("letters")}>
        <LetterFields styling={styling} />
      </Section>
      <Section title={t("edges")}>
        <EdgeFields styling={styling} />
      </Section>
      <Section title={t("place")}>
        <PlaceFields styling={styling} />
      </Section>
      <Section title={t("view")}>
        <ViewSwitches />
      </Section>
    </div>
  );
}

function Scope({ styling }: { styling: Styling }) {
  const t = useTranslations("style");
  const { scope, setScope, chosen, own, readOnly, reset } = styling;
  return (
    <section className="flex flex-col gap-2">
      <Segmented
        label={t("scope")}
        name="style-scope"
        value={scope}
        onValueChange={setScope}
        segments={[
          { value: "track", label: t("track") },
          { value: "cues", label: t("cues", { count: Math.max(1, chosen) }) },
        ]}
        className="w-full [&>label]:flex-1"
      />
      <p className="text-ink-muted text-xs">
        {scope === "track" ? t("trackHint") : own ? t("cuesOwn") : t("cuesHint")}
      </p>
      {own && !readOnly ? (
        <Button size="sm" variant="quiet" className="self-start" onClick={reset}>
          <RotateCcw aria-hidden="true" />
          {scope === "track" ? t("resetTrack") : t("resetCues")}
        </Button>
      ) : null}
    </section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2 border-t pt-3">
      <h3 className="font-medium text-sm">{title}</h3>
      {children}
    </section>
  );
}

/** What else is shown on the picture, in this browser. */
function ViewSwitches() {
  const t = useTranslations("style");
  const areas = useSafeAreasShown();
  const exact = useExactShown();
  return (
    <div className="flex flex-col gap-1">
      <ViewSwitch shown={areas} command="view.safe-areas" hint={t("safeAreasHint")}>
        {t("safeAreas")}
      </ViewSwitch>
      <ViewSwitch shown={exact} command="view.exact-preview" hint={t("exactHint")}>
        {t("exact")}
      </ViewSwitch>
    </div>
  );
}

interface ViewSwitchProps {
  shown: Shown;
  command: CommandId;
  hint: string;
  children: ReactNode;
}

function ViewSwitch({ shown, command, hint, children }: ViewSwitchProps) {
  return (
    <Switch
      label={
        <span className="flex items-center gap-2">
          {children}
          <CommandKeys id={command} />
        </span>
      }
      hint={hint}
      checked={shown.on}
      onCheckedChange={shown.set}
    />
  );
}
