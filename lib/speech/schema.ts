import { z } from "zod";

/** One language that Whisper recognises. */
export interface SpeechLanguage {
  /** BCP-47 code, the one used everywhere in the product. */
  code: string;
  /** The lower-case English name that Whisper answers with, e.g. "korean". */
  whisperName: string;
  ko: string;
  en: string;
}

const language = (code: string, whisperName: string, ko: string, en: string): SpeechLanguage => ({
  code,
  whisperName,
  ko,
  en,
});

/**
 * The 100 languages of Whisper's tokenizer (openai/whisper `whisper/tokenizer.py`, `LANGUAGES`,
 * large-v3), in its order: roughly by the hours it was trained on. Its `jw` is BCP-47's `jv`.
 */
export const speechLanguages: readonly SpeechLanguage[] = [
  language("en", "english", "영어", "English"),
  language("zh", "chinese", "중국어", "Chinese"),
  language("de", "german", "독일어", "German"),
  language("es", "spanish", "스페인어", "Spanish"),
  language("ru", "russian", "러시아어", "Russian"),
  language("ko", "korean", "한국어", "Korean"),
  language("fr", "french", "프랑스어", "French"),
  language("ja", "japanese", "일본어", "Japanese"),
  language("pt", "portuguese", "포르투갈어", "Portuguese"),
  language("tr", "turkish", "튀르키예어", "Turkish"),
  language("pl", "polish", "폴란드어", "Polish"),
  language("ca", "catalan", "카탈루냐어", "Catalan"),
  language("nl", "dutch", "네덜란드어", "Dutch"),
  language("ar", "arabic", "아랍어", "Arabic"),
  language("sv", "swedish", "스웨덴어", "Swedish"),
  language("it", "italian", "이탈리아어", "Italian"),
  language("id", "indonesian", "인도네시아어", "Indonesian"),
  language("hi", "hindi", "힌디어", "Hindi"),
  language("fi", "finnish", "핀란드어", "Finnish"),
  language("vi", "vietnamese", "베트남어", "Vietnamese"),
  language("he", "hebrew", "히브리어", "Hebrew"),
  language("uk", "ukrainian", "우크라이나어", "Ukrainian"),
  language("el", "greek", "그리스어", "Greek"),
  language("ms", "malay", "말레이어", "Malay"),
  language("cs", "czech", "체코어", "Czech"),
  language("ro", "romanian", "루마니아어", "Romanian"),
  language("da", "danish", "덴마크어", "Danish"),
  language("hu", "hungarian", "헝가리어", "Hungarian"),
  language("ta", "tamil", "타밀어", "Tamil"),
  language("no", "norwegian", "노르웨이어", "Norwegian"),
  language("th", "thai", "태국어", "Thai"),
  language("ur", "urdu", "우르두어", "Urdu"),
  language("hr", "croatian", "크로아티아어", "Croatian"),
  language("bg", "bulgarian", "불가리아어", "Bulgarian"),
  language("lt", "lithuanian", "리투아니아어", "Lithuanian"),
  language("la", "latin", "라틴어", "Latin"),
  language("mi", "maori", "마오리어", "Māori"),
  language("ml", "malayalam", "말라얄람어", "Malayalam"),
  language("cy", "welsh", "웨일스어", "Welsh"),
  language("sk", "slovak", "슬로바키아어", "Slovak"),
  language("te", "telugu", "텔루구어", "Telugu"),
  language("fa", "persian", "페르시아어", "Persian"),
  language("lv", "latvian", "라트비아어", "Latvian"),
  language("bn", "bengali", "벵골어", "Bengali"),
  language("sr", "serbian", "세르비아어", "Serbian"),
  language("az", "azerbaijani", "아제르바이잔어", "Azerbaijani"),
  language("sl", "slovenian", "슬로베니아어", "Slovenian"),
  language("kn", "kannada", "칸나다어", "Kannada"),
  language("et", "estonian", "에스토니아어", "Estonian"),
  language("mk", "macedonian", "마케도니아어", "Macedonian"),
  language("br", "breton", "브르타뉴어", "Breton"),
  language("eu", "basque", "바스크어", "Basque"),
  language("is", "icelandic", "아이슬란드어", "Icelandic"),
  language("hy", "armenian", "아르메니아어", "Armenian"),
  language("ne", "nepali", "네팔어", "Nepali"),
  language("mn", "mongolian", "몽골어", "Mongolian"),
  language("bs", "bosnian", "보스니아어", "Bosnian"),
  language("kk", "kazakh", "카자흐어", "Kazakh"),
  language("sq", "albanian", "알바니아어", "Albanian"),
  language("sw", "swahili", "스와힐리어", "Swahili"),
  language("gl", "galician", "갈리시아어", "Galician"),
  language("mr", "marathi", "마라티어", "Marathi"),
  language("pa", "punjabi", "펀자브어", "Punjabi"),
  language("si", "sinhala", "싱할라어", "Sinhala"),
  language("km", "khmer", "크메르어", "Khmer"),
  language("sn", "shona", "쇼나어", "Shona"),
  language("yo", "yoruba", "요루바어", "Yoruba"),
  language("so", "somali", "소말리아어", "Somali"),
  language("af", "afrikaans", "아프리칸스어", "Afrikaans"),
  language("oc", "occitan", "오크어", "Occitan"),
  language("ka", "georgian", "조지아어", "Georgian"),
  language("be", "belarusian", "벨라루스어", "Belarusian"),
  language("tg", "tajik", "타지크어", "Tajik"),
  language("sd", "sindhi", "신디어", "Sindhi"),
  language("gu", "gujarati", "구자라트어", "Gujarati"),
  language("am", "amharic", "암하라어", "Amharic"),
  language("yi", "yiddish", "이디시어", "Yiddish"),
  language("lo", "lao", "라오어", "Lao"),
  language("uz", "uzbek", "우즈베크어", "Uzbek"),
  language("fo", "faroese", "페로어", "Faroese"),
  language("ht", "haitian creole", "아이티 크레올어", "Haitian Creole"),
  language("ps", "pashto", "파슈토어", "Pashto"),
  language("tk", "turkmen", "투르크멘어", "Turkmen"),
  language("nn", "nynorsk", "노르웨이어(뉘노르스크)", "Norwegian Nynorsk"),
  language("mt", "maltese", "몰타어", "Maltese"),
  language("sa", "sanskrit", "산스크리트어", "Sanskrit"),
  language("lb", "luxembourgish", "룩셈부르크어", "Luxembourgish"),
  language("my", "myanmar", "미얀마어", "Burmese"),
  language("bo", "tibetan", "티베트어", "Tibetan"),
  language("tl", "tagalog", "타갈로그어", "Tagalog"),
  language("mg", "malagasy", "말라가시어", "Malagasy"),
  language("as", "assamese", "아삼어", "Assamese"),
  language("tt", "tatar", "타타르어", "Tatar"),
  language("haw", "hawaiian", "하와이어", "Hawaiian"),
  language("ln", "lingala", "링갈라어", "Lingala"),
  language("ha", "hausa", "하우사어", "Hausa"),
  language("ba", "bashkir", "바시키르어", "Bashkir"),
  language("jv", "javanese", "자바어", "Javanese"),
  language("su", "sundanese", "순다어", "Sundanese"),
  language("yue", "cantonese", "광둥어", "Cantonese"),
];

const byCode = new Map(speechLanguages.map((entry) => [entry.code, entry]));

/** Other names Whisper knows a language by (`TO_LANGUAGE_CODE`), and codes Intl leaves alone. */
const aliases: Record<string, string> = {
  burmese: "my",
  castilian: "es",
  flemish: "nl",
  haitian: "ht",
  letzeburgesch: "lb",
  mandarin: "zh",
  moldavian: "ro",
  moldovan: "ro",
  panjabi: "pa",
  pushto: "ps",
  sinhalese: "si",
  valencian: "ca",
  cmn: "zh",
  fil: "tl",
  jw: "jv",
  nb: "no",
};

const byName = new Map([
  ...speechLanguages.flatMap((entry): [string, string][] => [
    [entry.whisperName, entry.code],
    [entry.en.toLowerCase(), entry.code],
    [entry.ko, entry.code],
  ]),
  ...Object.entries(aliases),
]);

/**
 * The code of a language given by code ("ko", "KO-kr", "kor") or by name ("korean", "한국어").
 * Undefined for anything that isn't one of `speechLanguages`.
 */
export function normaliseLanguage(nameOrCode: string): string | undefined {
  const wanted = nameOrCode.trim().normalize("NFC").toLowerCase().replaceAll("_", "-");
  if (byCode.has(wanted)) return wanted;
  const named = byName.get(wanted);
  if (named) return named;
  const primary = primarySubtag(wanted);
  if (primary === undefined) return undefined;
  return byCode.has(primary) ? primary : byName.get(primary);
}

function primarySubtag(tag: string): string | undefined {
  // Intl.Locale takes any 5-8 letters for a language, so a word like "klingon" must not pass here.
  if (!/^[a-z]{2,3}(-|$)/.test(tag)) return undefined;
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return undefined;
  }
}

/** The code that Whisper itself takes for one of ours. */
export function whisperCode(code: string): string {
  return code === "jv" ? "jw" : code;
}

/** The language's name for a person; the code itself where we don't know it. */
export function languageName(code: string, locale: "ko" | "en"): string {
  return byCode.get(code)?.[locale] ?? code;
}

/** What a person may choose for a video: its language, or have it detected. */
export const speechLanguageChoice = z
  .string()
  .refine((value) => value === "auto" || byCode.has(value), {
    error: "Use auto or one of the recognised language codes.",
  });

export type SpeechLanguageChoice = z.infer<typeof speechLanguageChoice>;
