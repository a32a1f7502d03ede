export { type CuePair, pairCues } from "@/lib/subtitles/diff/pairs";
export { type DiffPart, diffText } from "@/lib/subtitles/diff/text-diff";
export {
  type CueAspect,
  type CueDifference,
  changedCues,
  diffTracks,
  type TrackDiff,
} from "@/lib/subtitles/diff/track-diff";
