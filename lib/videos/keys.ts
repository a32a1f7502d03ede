import type { PeakLevel } from "./waveform-format";

/** Where an account's new objects go in storage; erasing it empties this. */
export function accountPrefix(ownerId: string): string {
  return `u/${ownerId}/`;
}

/** The original; its extension comes from the content, never from the person's file name. */
export function sourceKey(ownerId: string, videoId: string, container: string): string {
  return `${accountPrefix(ownerId)}${videoId}/source.${container}`;
}

/**
 * Where a video's own objects lie: beside its original, which stays where it was stored when
 * the video moves to another owner.
 * @throws {Error} for a key that isn't an original's: its folder may hold more than one video
 */
export function videoPrefix(sourceKey: string): string {
  const [, prefix] = /^(u\/[^/]+\/[^/]+\/)source\.[^/]+$/.exec(sourceKey) ?? [];
  if (!prefix) throw new Error(`not an original's key: ${sourceKey}`);
  return prefix;
}

/**
 * Where what was made of a video to take home lies: beside its own objects, as those go sooner.
 * @throws {Error} as `videoPrefix`
 */
export function rendersPrefix(sourceKey: string): string {
  return videoPrefix(sourceKey).replace(/[^/]+\/$/, "renders/$&");
}

/** Everything of a video in storage lies under one of these. */
export function objectPrefixes(sourceKey: string): string[] {
  return [videoPrefix(sourceKey), rendersPrefix(sourceKey)];
}

export type Derivative = "thumbnail.webp" | `peaks-${PeakLevel}.dat` | "preview.mp4" | "audio.wav";

export function derivativeKey(sourceKey: string, name: Derivative): string {
  return videoPrefix(sourceKey) + name;
}
