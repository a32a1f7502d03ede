"use client";

import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import { ApiError } from "@/lib/client/api";
import { changeEditorSettings, useEditorSettings } from "@/lib/client/use-editor-settings";
import { useEditor } from "../editor-context";

/**
 * Whether edits of times go on to the translations that share them; null where nothing translates
 * this track.
 */
export function useCarry(): { on: boolean; change: (on: boolean) => void } | null {
  const { track, tracks } = useEditor();
  const { settings } = useEditorSettings();
  const errorText = useErrorText();
  if (!tracks.some(({ sourceTrackId }) => sourceTrackId === track.id)) return null;
  return {
    on: settings.carryTimes,
    change: (carryTimes) => {
      changeEditorSettings({ carryTimes }).catch((error: unknown) =>
        toast.error(errorText(error instanceof ApiError ? error : new ApiError("internal"))),
      );
    },
  };
}
