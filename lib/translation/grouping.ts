import { plainText } from "@/lib/subtitles/markup";
import type { SourceCue, TranslationBatchPlan } from "./types";

/**
 * Most cues and characters of a scene, and the pause that ends one. Twelve cues are about half a
 * minute of talk: enough for pronouns and word order, little enough to lose when a reply is bad.
 */
const maxSceneCues = 12;
const maxSceneCharacters = 1_500;
const scenePauseMs = 1_500;

/** Most cues of a batch; scenes are never divided. About two minutes of talk. */
const maxBatchCues = 48;

/** Characters of what is said before and after that an engine gets to see. */
const contextCharacters = 400;

/** Ends a sentence, whatever quotes and brackets close after it. */
const terminal = /[.!?…。！？｡؟۔।॥][\p{Pe}\p{Pf}"'’”]*$/u;
/** Endings of Korean sentences that recognisers leave without a full stop. */
const koreanEnding =
  /(?:니다|니까|세요|어요|아요|여요|에요|예요|해요|죠|네요|군요|거든요|잖아요|까요|게요)$/u;

const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`;
const unspacedBreak = new RegExp(
  String.raw`(?<=${unspaced}|[、。，！？：])\s*\n\s*(?=${unspaced})`,
  "gu",
);

/** A cue's text on one line; between characters that are written without spaces, without one. */
export function oneLine(text: string): string {
  return text.replace(unspacedBreak, "").replace(/\s+/gu, " ").trim();
}

/** The running text of a cue: one line, no markup. */
export function lineOf(text: string): string {
  return oneLine(plainText(text));
}

/** Whether there is anything to translate: letters or digits. Music notes alone stay as they are. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(plainText(text));
}

function endsSentence(cue: SourceCue, next: SourceCue): boolean {
  if (next.startMs - cue.endMs > scenePauseMs) return true;
  if (cue.speaker !== next.speaker) return true;
  const line = lineOf(cue.text);
  return terminal.test(line) || koreanEnding.test(line) || !hasWords(cue.text);
}

/**
 * Cues in sentences: each ends with punctuation, a pause or a change of speaker. What goes on
 * without any of them for longer than a scene is cut at its longest pause.
 */
export function sentencesOf(cues: readonly SourceCue[]): SourceCue[][] {
  const sentences: SourceCue[][] = [];
  let open: SourceCue[] = [];
  let characters = 0;
  cues.forEach((cue, index) => {
    const length = lineOf(cue.text).length;
    if (
      open.length >= maxSceneCues ||
      (open.length > 0 && characters + length > maxSceneCharacters)
    ) {
      const cut = longestPause(open);
      sentences.push(open.slice(0, cut));
      open = open.slice(cut);
      characters = open.reduce((sum, each) => sum + lineOf(each.text).length, 0);
    }
    open.push(cue);
    characters += length;
    const next = cues[index + 1];
    if (next === undefined || endsSentence(cue, next)) {
      sentences.push(open);
      open = [];
      characters = 0;
    }
  });
  return sentences;
}

/** After how many cues to cut: at the longest pause of the later half, else at the end. */
function longestPause(cues: readonly SourceCue[]): number {
  let cut = cues.length;
  let longest = 0;
  for (let at = Math.ceil(cues.length / 2); at < cues.length; at++) {
    const pause = (cues[at]?.startMs ?? 0) - (cues[at - 1]?.endMs ?? 0);
    if (pause > longest) {
      longest = pause;
      cut = at;
    }
  }
  return cut;
}

/**
 * Sentences in scenes: what is translated in one piece. A scene ends at a pause, or when the next
 * sentence would make it too long. Grouping a batch's cues again gives the batch's scenes.
 */
export function scenesOf(cues: readonly SourceCue[]): SourceCue[][] {
  const scenes: SourceCue[][] = [];
  let scene: SourceCue[] = [];
  let characters = 0;
  for (const sentence of sentencesOf(cues)) {
    const length = sentence.reduce((sum, cue) => sum + lineOf(cue.text).length, 0);
    const last = scene.at(-1);
    const first = sentence[0];
    const apart = last && first && first.startMs - last.endMs > scenePauseMs;
    const full =
      scene.length + sentence.length > maxSceneCues || characters + length > maxSceneCharacters;
    if (scene.length > 0 && (apart || full)) {
      scenes.push(scene);
      scene = [];
      characters = 0;
    }
    scene.push(...sentence);
    characters += length;
  }
  if (scene.length > 0) scenes.push(scene);
  return scenes;
}

/** Divides a track's cues, in their order, into the batches that are sent and stored one by one. */
export function planTranslation(cues: readonly SourceCue[]): TranslationBatchPlan[] {
  const plans: TranslationBatchPlan[] = [];
  let cueIds: string[] = [];
  const close = () => {
    if (cueIds.length > 0) plans.push({ index: plans.length, cueIds });
    cueIds = [];
  };
  for (const scene of scenesOf(cues)) {
    if (cueIds.length + scene.length > maxBatchCues) close();
    cueIds.push(...scene.map((cue) => cue.id));
  }
  close();
  return plans;
}

/** What is said before the cue at `from` and after the one at `to`, as far as engines need it. */
export function contextOf(
  cues: readonly SourceCue[],
  from: number,
  to: number,
): { before: string; after: string } {
  let before = "";
  for (let at = from - 1; at >= 0 && before.length < contextCharacters; at--) {
    before = `${lineOf(cues[at]?.text ?? "")} ${before}`;
  }
  let after = "";
  for (let at = to + 1; at < cues.length && after.length < contextCharacters; at++) {
    after += ` ${lineOf(cues[at]?.text ?? "")}`;
  }
  // A single cue may be very long; what is nearest to the text counts.
  return {
    before: before
      .trim()
      .slice(-2 * contextCharacters)
      .toWellFormed(),
    after: after
      .trim()
      .slice(0, 2 * contextCharacters)
      .toWellFormed(),
  };
}
