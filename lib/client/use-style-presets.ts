"use client";

import useSWR, { mutate } from "swr";
import type {
  StylePresetChange,
  StylePresetInput,
  StylePresetView,
} from "@/lib/style-presets/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const root = "/api/v1/me/style-presets";
const at = (id: string) => `${root}/${encodeURIComponent(id)}`;

interface PresetsAnswer {
  presets: StylePresetView[];
}

/** The looks that the person has kept. */
export function useStylePresets() {
  const { data, error, mutate: reload } = useSWR<PresetsAnswer, ApiError>(root, swrOptions);
  return { presets: data?.presets, error, reload: () => void reload() };
}

const keep = (change: (presets: StylePresetView[]) => StylePresetView[]) =>
  mutate<PresetsAnswer>(
    root,
    (answer) =>
      answer && {
        presets: change(answer.presets).sort((a, b) => (a.name < b.name ? -1 : 1)),
      },
    { revalidate: false },
  );

export async function addStylePreset(preset: StylePresetInput): Promise<void> {
  const { preset: made } = await api<{ preset: StylePresetView }>(root, { body: preset });
  await keep((presets) => [...presets, made]);
}

export async function changeStylePreset(id: string, change: StylePresetChange): Promise<void> {
  const { preset } = await api<{ preset: StylePresetView }>(at(id), {
    method: "PATCH",
    body: change,
  });
  await keep((presets) => presets.map((each) => (each.id === id ? preset : each)));
}

export async function removeStylePreset(id: string): Promise<void> {
  await api(at(id), { method: "DELETE" });
  await keep((presets) => presets.filter((each) => each.id !== id));
}
