"use client";

import { useTranslations } from "next-intl";
import { useOpenEditor } from "@/components/editor/editor-context";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { routes } from "@/lib/client/routes";
import { tourStore } from "./tour-store";

/** The way to the tour and to the help page; `onTour` makes room for the tour. */
export function MoreHelp({ onTour }: { onTour: () => void }) {
  const t = useTranslations("tour");
  const open = useOpenEditor() !== null;
  return (
    <>
      {open ? (
        <Button
          size="sm"
          variant="quiet"
          onClick={() => {
            onTour();
            tourStore.ask();
          }}
        >
          {t("again")}
        </Button>
      ) : null}
      <ButtonLink size="sm" href={routes.help()} target="_blank">
        {t("more")}
      </ButtonLink>
    </>
  );
}
