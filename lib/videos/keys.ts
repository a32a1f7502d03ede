/** Everything of an account in storage lies under this prefix, so that erasing finds it. */
export function accountPrefix(ownerId: string): string {
  return `u/${ownerId}/`;
}

/** Names of a video's objects in storage; all under one prefix of their own. */
export function videoPrefix(ownerId: string, videoId: string): string {
  return `${accountPrefix(ownerId)}${videoId}/`;
}

export type Derivative = "thumbnail.webp" | "peaks.dat" | "preview.mp4" | "audio.wav";

export function derivativeKey(ownerId: string, videoId: string, name: Derivative): string {
  return videoPrefix(ownerId, videoId) + name;
}

/** The original; its extension comes from the content, never from the person's file name. */
export function sourceKey(ownerId: string, videoId: string, container: string): string {
  return `${videoPrefix(ownerId, videoId)}source.${container}`;
}
