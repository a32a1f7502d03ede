import { AppError } from "@/lib/errors";
import { plainText } from "@/lib/subtitles/markup";

/** Nobody speaks this many characters a second for long, in any script. */
const charactersPerSecond = 40;
/** What a video of any length may have, in characters: titles, signs, names. */
const alwaysAllowed = 2_000;

/**
 * A translation is paid for by the length of its video, and an engine by the character. A person
 * may write into a track whatever they like; what nobody could have said in that time isn't sent.
 * @param durationMs of the video; null: not known
 * @throws {AppError} `translation_too_long`
 */
export function assertTranslatable(
  cues: readonly { text: string }[],
  durationMs: number | null,
): void {
  const most = alwaysAllowed + ((durationMs ?? 0) / 1_000) * charactersPerSecond;
  const characters = cues.reduce((sum, { text }) => sum + plainText(text).length, 0);
  if (characters <= most) return;
  const detail = `${characters} characters in ${durationMs ?? 0} ms`;
  throw new AppError("translation_too_long", { detail });
}
