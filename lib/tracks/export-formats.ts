/** What a track is taken home as: subtitle files, and a script for people to read. */
export const exportFormats = [
  "srt",
  "vtt",
  "ass",
  "txt",
  "json",
  "csv",
  "ttml",
  "smi",
  "sbv",
  "docx",
] as const;
export type ExportFormat = (typeof exportFormats)[number];
