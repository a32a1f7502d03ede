import type { SpeakerView } from "./schema";

/**
 * The speaker that a key stands for after merging; undefined for a key that no speaker has, such
 * as a name that came with an imported file.
 */
export function rootSpeaker(
  speakers: readonly SpeakerView[],
  key: string,
): SpeakerView | undefined {
  let found = speakers.find((speaker) => speaker.key === key);
  // As many steps as there are speakers: more would be a circle, which no merge makes.
  for (let steps = 0; found?.mergedInto && steps < speakers.length; steps++) {
    const into = found.mergedInto;
    found = speakers.find((speaker) => speaker.key === into) ?? found;
  }
  return found;
}

/** What people call the speaker with this key; `numbered` names those without a name. */
export function speakerNameOf(
  speakers: readonly SpeakerView[],
  key: string,
  numbered: (number: number) => string,
): string {
  const speaker = rootSpeaker(speakers, key);
  if (!speaker) return key;
  return speaker.name ?? numbered(speaker.number);
}
