import { primaryLanguage } from "@/lib/subtitles/model";

/**
 * Whisper reads the last 223 tokens of a prompt (whisper/decoding.py, n_text_ctx / 2 - 1). Ours
 * stays well below by an estimate that is too high rather than too low, so nothing is cut off.
 */
const maxTokens = 200;

/**
 * A sentence around the names. A bare list of words is said back by Whisper where it hears nothing;
 * a sentence as somebody would say it hardly is (and is doubted by `cleanSpeech` when it is).
 */
const sentences: Record<string, { of: (names: string) => string; comma: string }> = {
  ko: { of: (names) => `이 영상에서는 ${names} 이야기를 합니다.`, comma: ", " },
  en: { of: (names) => `In this video we talk about ${names}.`, comma: ", " },
  ja: { of: (names) => `この動画では${names}についてお話しします。`, comma: "、" },
  zh: { of: (names) => `这个视频里我们谈谈${names}。`, comma: "、" },
  yue: { of: (names) => `呢條片我哋會講${names}。`, comma: "、" },
  es: { of: (names) => `En este vídeo hablamos de ${names}.`, comma: ", " },
  fr: { of: (names) => `Dans cette vidéo, nous parlons de ${names}.`, comma: ", " },
  de: { of: (names) => `In diesem Video sprechen wir über ${names}.`, comma: ", " },
  it: { of: (names) => `In questo video parliamo di ${names}.`, comma: ", " },
  pt: { of: (names) => `Neste vídeo falamos de ${names}.`, comma: ", " },
  nl: { of: (names) => `In deze video praten we over ${names}.`, comma: ", " },
  ru: { of: (names) => `В этом видео мы говорим о ${names}.`, comma: ", " },
  id: { of: (names) => `Dalam video ini kita membahas ${names}.`, comma: ", " },
  vi: { of: (names) => `Trong video này chúng ta nói về ${names}.`, comma: ", " },
};

/** Where we have no sentence: the names as sentences of their own, in no language. */
const bare = { of: (names: string) => `${names}.`, comma: ". " };

/**
 * What is sent with the sound so that names and terms are heard right; undefined when there are
 * none. What doesn't fit is left out, hints of this video last.
 * @param options.hints names and terms of this video
 * @param options.terms names and terms of the person's glossary
 * @param options.language what the sound is spoken in, BCP-47; undefined: not known yet
 */
export function recognitionPrompt(options: {
  hints: readonly string[];
  terms: readonly string[];
  language?: string | undefined;
}): string | undefined {
  const { of, comma } = sentences[primaryLanguage(options.language ?? "")] ?? bare;
  let left = maxTokens - tokenEstimate(of(""));
  const names: string[] = [];
  const seen = new Set<string>();
  for (const name of [...options.hints, ...options.terms].map(plainName)) {
    const key = name.toLowerCase();
    const tokens = tokenEstimate(name) + tokenEstimate(comma);
    if (name === "" || seen.has(key) || tokens > left) continue;
    seen.add(key);
    names.push(name);
    left -= tokens;
  }
  return names.length > 0 ? of(names.join(comma)) : undefined;
}

/** One line; nothing in it is one of Whisper's own marks such as <|endoftext|>. */
function plainName(name: string): string {
  return name
    .normalize("NFC")
    .replace(/<\||\|>/g, " ")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

/**
 * An upper bound in practice: Whisper's vocabulary has tokens for whole English words, names fall
 * into pieces of two letters or more; Hangul, Han and Kana take one to two tokens a character,
 * rare ones three, other scripts up to one a byte.
 */
export function tokenEstimate(text: string): number {
  let tokens = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) tokens += /[a-z\s]/i.test(character) ? 0.5 : 1;
    else if (code < 0x800) tokens += 1.5;
    else tokens += code > 0xffff ? 4 : 2;
  }
  return Math.ceil(tokens);
}
