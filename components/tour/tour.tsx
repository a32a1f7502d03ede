"use client";

import { useSyncExternalStore } from "react";
import { useOpenEditor } from "@/components/editor/editor-context";
import { lazyPart } from "@/components/ui/lazy-part";
import { ApiError } from "@/lib/client/api";
import { changeEditorSettings, useEditorSettings } from "@/lib/client/use-editor-settings";
import { tourStore } from "./tour-store";

const TourWalk = lazyPart(() => import("./tour-walk").then((module) => module.TourWalk));

/** The tour on a person's first visit to the editor, and whenever somebody asks for it. */
export function Tour() {
  const editor = useOpenEditor();
  const { settings, stored } = useEditorSettings();
  const asked = useSyncExternalStore(tourStore.subscribe, tourStore.get, () => null);
  if (!editor) return null;
  const first = stored && !settings.tourDone && !editor.readOnly;
  if (!(asked ?? first)) return null;
  return <TourWalk onEnd={() => endTour(settings.tourDone)} />;
}

/** What can't be stored now is asked again on the next visit, and not in this one. */
function endTour(known: boolean): void {
  tourStore.end();
  if (known) return;
  changeEditorSettings({ tourDone: true }).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
  });
}
