import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { transaction } from "@/lib/transaction";
import {
  countPresets,
  deletePreset,
  findPreset,
  insertPreset,
  lockPresets,
  readPresets,
  updatePreset,
} from "./repo";
import {
  maxStylePresets,
  type StylePresetChange,
  type StylePresetInput,
  type StylePresetView,
} from "./schema";

/** The looks that a person has kept, in the order of their names. */
export function listStylePresets(ownerId: string): Promise<StylePresetView[]> {
  return readPresets(ownerId);
}

/** @throws {AppError} `limit_reached`, `name_taken` */
export async function addStylePreset(options: {
  ownerId: string;
  preset: StylePresetInput;
  nowMs?: number;
}): Promise<StylePresetView> {
  const { ownerId, preset, nowMs = Date.now() } = options;
  return transaction(async (tx) => {
    await lockPresets(tx, ownerId);
    if ((await countPresets(tx, ownerId)) >= maxStylePresets) throw new AppError("limit_reached");
    return insertPreset(tx, { id: newId(nowMs), ownerId, ...preset }, new Date(nowMs));
  });
}

/**
 * Tracks that were given the look keep it as it was.
 * @throws {AppError} `not_found`, `name_taken`
 */
export async function changeStylePreset(options: {
  ownerId: string;
  presetId: string;
  change: StylePresetChange;
  nowMs?: number;
}): Promise<StylePresetView> {
  const { ownerId, presetId, change, nowMs = Date.now() } = options;
  return transaction(async (tx) => {
    await lockPresets(tx, ownerId);
    const before = await findPreset(tx, ownerId, presetId);
    if (!before) throw new AppError("not_found");
    const { name = before.name, style = before.style } = change;
    return updatePreset(tx, { id: presetId, name, style }, new Date(nowMs));
  });
}

/** @throws {AppError} `not_found` */
export async function removeStylePreset(options: {
  ownerId: string;
  presetId: string;
}): Promise<void> {
  await transaction(async (tx) => {
    const removed = await deletePreset(tx, options.ownerId, options.presetId);
    if (!removed) throw new AppError("not_found");
  });
}
