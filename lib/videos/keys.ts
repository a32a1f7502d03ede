/** Names of a video's objects in storage; all under one prefix, so that erasing finds them. */
export function videoPrefix(ownerId: string, videoId: string): string {
  return `u/${ownerId}/${videoId}/`;
}

export type Derivative = "thumbnail.webp" | "peaks.dat" | "preview.mp4" | "audio.wav";

export function derivativeKey(ownerId: string, videoId: string, name: Derivative): string {
  return videoPrefix(ownerId, videoId) + name;
}

/** The original; its extension comes from the content, never from the person's file name. */
export function sourceKey(ownerId: string, videoId: string, container: string): string {
  return `${videoPrefix(ownerId, videoId)}source.${container}`;
}
