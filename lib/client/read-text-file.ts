import { decodeSubtitleBytes } from "@/lib/subtitles/formats/decode";

/** The text in a file's bytes, in whatever encoding; undefined for what isn't text. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const { text, problems } = decodeSubtitleBytes(bytes);
  return problems.some(({ code }) => code === "not_text") ? undefined : text;
}
