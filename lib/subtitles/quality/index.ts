export { assessTrack } from "@/lib/subtitles/quality/assess";
export { proposeRepair, type RepairContext, repairAll } from "@/lib/subtitles/quality/repairs";
export type { TranslationSource } from "@/lib/subtitles/quality/translation";
