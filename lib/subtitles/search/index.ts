export {
  type CueMatches,
  compileSearch,
  type Finder,
  type Found,
  findMatches,
  type Match,
  maxMatches,
  type Search,
  type SearchProblem,
  type SpeakerNames,
} from "@/lib/subtitles/search/find";
export {
  type Range,
  type Replaced,
  type Replacement,
  replaceMatches,
} from "@/lib/subtitles/search/replace";
