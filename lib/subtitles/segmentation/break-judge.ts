import { primaryLanguage } from "@/lib/subtitles/model";
import { type BreakJudge, breakQuality } from "@/lib/subtitles/segmentation/break-quality";
import { breakWords, plainBreakWords } from "@/lib/subtitles/segmentation/break-words";
import { koreanBreak } from "@/lib/subtitles/segmentation/korean-breaks";

const closers = "[\"'\u201d\u2019)\\]\u300d\u300f\u3011\u300b\u3009\uff09]*$";
const sentenceEnd = new RegExp(`[.!?\u2026\u3002\uff01\uff1f\u0964\u061f]${closers}`);
const clauseEnd = new RegExp(`[,;:\u3001\uff0c\uff1b\uff1a\u060c\u2014\u2013]${closers}`);

/** "Mr.", "J.", "3.": a full stop that leads on to the next word. */
function isAbbreviation(before: string, abbreviations: ReadonlySet<string>): boolean {
  return abbreviations.has(before.toLowerCase()) || /^(?:\p{Lu}|\d+)\.$/u.test(before);
}

/** A number that counts what follows; four digits are rather a year. */
const amount = /(?:^|\D)(?:\d{1,3}|\d{5,}|\d{1,3}(?:[.,]\d{3})+)$/;

function wordBreak(language: string): BreakJudge {
  const { clauseStarters, phraseStarters, leaning } = breakWords[language] ?? plainBreakWords;
  return (before, after) => {
    const last = before.toLowerCase().replace(/^["'\u2018\u201c(\u00bf\u00a1]+/, "");
    if (leaning.has(last)) return breakQuality.bad;
    if (amount.test(before) && /^\p{L}/u.test(after)) return breakQuality.poor;
    const next = after.toLowerCase().replace(/[,.!?]+$/, "");
    if (clauseStarters.has(next)) return breakQuality.good;
    if (phraseStarters.has(next)) return breakQuality.phrase;
    const names = /^\p{Lu}/u.test(after) && /^\p{Lu}\p{L}*$/u.test(before);
    return names ? breakQuality.poor : breakQuality.neutral;
  };
}

const japaneseParticle =
  /(?:[はがをにでともへ]|から|まで|より|けど|ので|のに|ても|たら|れば|って)$/;

/** Between pieces that a dictionary found; kana that follows leans on what it follows. */
const japaneseBreak: BreakJudge = (before, after) => {
  if (/^[\u3041-\u3096]/.test(after)) return breakQuality.bad;
  if (japaneseParticle.test(before)) return breakQuality.good;
  const inWord =
    /[\p{Script=Han}\u30a0-\u30ff]$/u.test(before) && /^[\p{Script=Han}\u30a0-\u30ff]/u.test(after);
  return inWord ? breakQuality.poor : breakQuality.neutral;
};

const chineseBreak: BreakJudge = (before, after) => {
  if (/^[的地得了着過过吗嗎呢吧啊们們]/.test(after)) return breakQuality.bad;
  if (/[的和跟与與把被在是不很]$/.test(before)) return breakQuality.poor;
  return breakQuality.neutral;
};

const judges: Record<string, BreakJudge> = {
  ko: koreanBreak,
  ja: japaneseBreak,
  zh: chineseBreak,
  yue: chineseBreak,
};

/** The judge of a language (BCP 47). Punctuation comes first everywhere. */
export function breakJudge(language: string): BreakJudge {
  const primary = primaryLanguage(language);
  const judge = judges[primary] ?? wordBreak(primary);
  const { abbreviations } = breakWords[primary] ?? plainBreakWords;
  return (before, after) => {
    if (sentenceEnd.test(before)) {
      const leadsOn = before.endsWith(".") && isAbbreviation(before, abbreviations);
      return leadsOn ? breakQuality.bad : breakQuality.sentence;
    }
    if (clauseEnd.test(before)) return breakQuality.clause;
    return judge(before, after);
  };
}
