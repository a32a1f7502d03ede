import "server-only";

/**
 * Everything that looks into or remakes a video. The one room that runs ffmpeg; files come in
 * and go out as paths on this machine.
 */
export { extractAudio, extractChunk } from "./audio";
export { burnIn, canBurnIn } from "./burn-in";
export { distinctChannels, measureChannels } from "./channels";
export { makePeaks } from "./peaks";
export { chooseAudio, judgeMedia, MAX_DURATION_MS, MAX_PIXELS } from "./policy";
export { makePreview } from "./preview";
export { type PreviewPlan, planPreview } from "./preview-plan";
export { probe, probeSample } from "./probe";
export type * from "./schema";
export { findShotChanges } from "./shots";
export { type Container, sniffContainer } from "./sniff";
export { readLevels, SPEECH_SAMPLE_RATE } from "./speech-wav";
export { makeThumbnail } from "./thumbnail";
export { mediaTools } from "./tools";
