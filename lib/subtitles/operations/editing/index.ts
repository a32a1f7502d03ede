export { carryTimes } from "@/lib/subtitles/operations/editing/carry";
export type {
  Edited,
  EditRefusal,
  Making,
} from "@/lib/subtitles/operations/editing/edited";
export {
  deleteCues,
  duplicateCue,
  type InsertPlace,
  insertCue,
  newCueMs,
} from "@/lib/subtitles/operations/editing/insert";
export { mergeCues, mergeWithNeighbour } from "@/lib/subtitles/operations/editing/merge";
export { setSpeakers, setStyles, swapTexts } from "@/lib/subtitles/operations/editing/properties";
export { type Span, snapToShots, snapToSpeech } from "@/lib/subtitles/operations/editing/snap";
export {
  makeSnapper,
  type SnapKind,
  type Snapper,
  type SnapSources,
  type SnapTarget,
} from "@/lib/subtitles/operations/editing/snapper";
export { type SplitPlace, splitByLines, splitCue } from "@/lib/subtitles/operations/editing/split";
export {
  type Anchor,
  type Bounds,
  frameRateAnchors,
  moveCues,
  type Neighbours,
  roomToMove,
  setEnd,
  setStart,
  setStartShiftRest,
  setTimes,
  shiftFrom,
  stretchCues,
} from "@/lib/subtitles/operations/editing/times";
