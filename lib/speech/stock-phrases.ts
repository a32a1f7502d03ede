/**
 * What Whisper is known to say where nobody speaks: the closing words of the videos it learnt from,
 * credits of subtitlers, and names of sounds. Real videos say most of these too, so a phrase is
 * never a reason by itself. Compared without case, spaces and punctuation.
 */
const phrases: readonly string[] = [
  // Korean
  "시청해 주셔서 감사합니다",
  "봐 주셔서 감사합니다",
  "영상 시청해 주셔서 감사합니다",
  "끝까지 시청해 주셔서 감사합니다",
  "시청해 주신 여러분 감사합니다",
  "구독과 좋아요 부탁드립니다",
  "구독과 좋아요 부탁드려요",
  "좋아요와 구독 부탁드립니다",
  "구독 좋아요 알림 설정 부탁드립니다",
  "다음 영상에서 만나요",
  "다음 영상에서 뵙겠습니다",
  "다음 시간에 만나요",
  "이 영상은 유료 광고를 포함하고 있습니다",
  "오늘도 시청해 주셔서 감사합니다",
  "한글 자막 제공",
  "자막 제공",
  "한글자막 by",
  "MBC 뉴스",
  "KBS 뉴스",
  "SBS 뉴스",
  // English
  "thanks for watching",
  "thank you for watching",
  "thank you so much for watching",
  "thanks for watching and see you next time",
  "please subscribe",
  "please subscribe to my channel",
  "like and subscribe",
  "don't forget to like and subscribe",
  "see you in the next video",
  "I'll see you in the next video",
  "subtitles by the Amara.org community",
  "subtitles by",
  "transcription by",
  "captions by",
  "translated by",
  // Japanese
  "ご視聴ありがとうございました",
  "ご視聴いただきありがとうございました",
  "最後までご視聴いただきありがとうございました",
  "チャンネル登録お願いします",
  "チャンネル登録よろしくお願いします",
  "高評価とチャンネル登録お願いします",
  "また次の動画でお会いしましょう",
  "字幕は自動生成です",
  // Chinese
  "谢谢观看",
  "谢谢大家观看",
  "感谢观看",
  "感谢您的观看",
  "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
  "请订阅我的频道",
  "字幕由 Amara.org 社区提供",
  "字幕志愿者",
  "謝謝觀看",
  "感謝收看",
  // Spanish, French, German, Portuguese, Russian
  "gracias por ver el video",
  "subtítulos realizados por la comunidad de Amara.org",
  "suscríbete al canal",
  "merci d'avoir regardé cette vidéo",
  "sous-titres réalisés par la communauté d'Amara.org",
  "abonnez-vous",
  "vielen dank fürs zuschauen",
  "untertitel der Amara.org-Community",
  "untertitel im Auftrag des ZDF",
  "obrigado por assistir",
  "legendas pela comunidade Amara.org",
  "inscreva-se no canal",
  "спасибо за просмотр",
  "продолжение следует",
  "субтитры сделал",
];

/** Credits go on with a name: a text that begins with one of these counts too. */
const credits: readonly string[] = [
  "한글자막 by",
  "자막 제공",
  "subtitles by",
  "transcription by",
  "captions by",
  "translated by",
  "字幕志愿者",
  "субтитры сделал",
];

/**
 * What Whisper says to the last moment of a chunk, and people say all the time: only of interest
 * where the decoder was guessing.
 */
const common: readonly string[] = [
  ...["감사합니다", "고맙습니다", "네", "안녕하세요", "안녕히 계세요", "아멘"],
  ...["you", "thank you", "thank you very much", "thank you so much", "thanks", "bye", "bye bye"],
  ...["okay", "so", "yeah", "oh", "the end", "i'm sorry"],
  ...["ありがとうございました", "ありがとうございます", "はい", "お疲れ様でした"],
  ...["谢谢", "谢谢大家", "谢谢你", "好", "再见", "謝謝"],
  ...["gracias", "merci", "danke", "obrigado", "спасибо", "amén"],
];

/** Letters and digits alone, in one case and one form. */
export function plainLetters(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
}

const known = new Set(phrases.map(plainLetters));
const knownCommon = new Set(common.map(plainLetters));
const creditStarts = credits.map(plainLetters);
/** The longest name a credit goes on with, in letters. */
const longestName = 20;

/** A sound's name in brackets, or music notes: "[음악]", "(applause)", "♪♪". */
const soundName = /^(?:[[(（【][^\])）】]{1,30}[\])）】]|[♪♫♬🎵🎶\s]+)[.…]?$/u;

/** Whether a text as a whole is a phrase that Whisper falls back on, and people use as well. */
export function isCommonPhrase(text: string): boolean {
  return knownCommon.has(plainLetters(text));
}

/** Whether a text as a whole is one of the phrases that Whisper invents. */
export function isStockPhrase(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === "") return false;
  if (soundName.test(trimmed)) return true;
  const letters = plainLetters(trimmed);
  if (known.has(letters)) return true;
  return creditStarts.some(
    (start) => letters.startsWith(start) && letters.length - start.length <= longestName,
  );
}

/** A repetition of so few letters of the prompt is chance: a name alone may well be said. */
const leastEcho = 12;

/**
 * Whether a text is (a good part of) the prompt that went with the audio, once or again and again:
 * it leaked.
 */
export function echoesPrompt(text: string, prompt: string | undefined): boolean {
  if (!prompt) return false;
  const letters = plainLetters(text);
  const whole = plainLetters(prompt);
  if (letters === "") return false;
  if (letters === whole) return true;
  const sentences = text.split(/[.?!。？！]+/u).map(plainLetters);
  return letters.length >= leastEcho && sentences.every((sentence) => whole.includes(sentence));
}
