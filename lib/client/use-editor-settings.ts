"use client";

import useSWR, { mutate } from "swr";
import type { ChangeSettingsInput } from "@/lib/editor-settings/schema";
import {
  changedSettings,
  type EditorSettings,
  usualSettings,
} from "@/lib/editor-settings/settings";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const path = "/api/v1/me/editor-settings";

interface SettingsAnswer {
  settings: EditorSettings;
}

/** How the person has set up the editor; as usual until it is known. */
export function useEditorSettings() {
  const { data, error } = useSWR<SettingsAnswer, ApiError>(path, swrOptions);
  return {
    settings: data?.settings ?? usualSettings,
    /** False until the answer is there, or it is clear that there is none. */
    known: data !== undefined || error !== undefined,
    /** They are the person's own, as stored. */
    stored: data !== undefined,
  };
}

/**
 * Changes a part of them: shown at once, taken back when it can't be stored. It arrives also when
 * the page is left meanwhile.
 * @throws {ApiError}
 */
export async function changeEditorSettings(change: ChangeSettingsInput): Promise<void> {
  await mutate<SettingsAnswer>(
    path,
    () => api<SettingsAnswer>(path, { method: "PATCH", body: change, keepalive: true }),
    {
      optimisticData: (before) => ({
        settings: changedSettings(before?.settings ?? usualSettings, change),
      }),
      rollbackOnError: true,
      revalidate: false,
    },
  );
}
