import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { checkTranslation } from "@/lib/subtitles/quality/translation-checks";
import { numbersIn } from "@/lib/subtitles/quality/translation-numbers";

function cues(texts: readonly string[]): Cue[] {
  return texts.map((text, index) => ({
    id: `c${index}`,
    startMs: index * 2_000,
    endMs: index * 2_000 + 1_900,
    text,
  }));
}

function check(
  from: string | string[],
  to: string | string[],
  more: { source?: string; target?: string; terms?: { source: string; target: string }[] } = {},
) {
  return checkTranslation({
    source: cues([from].flat()),
    target: cues([to].flat()),
    sourceLanguage: more.source ?? "ko",
    targetLanguage: more.target ?? "en",
    terms: more.terms,
  });
}

const codes = (...args: Parameters<typeof check>) => check(...args).map(({ code }) => code);

describe("numbersIn", () => {
  it.each<[string, string, number[][]]>([
    ["en", "1,234.5 and 12", [[1234.5], [12]]],
    ["de", "1.234,5", [[1234.5]]],
    ["de", "1.234", [[1234, 1.234]]],
    ["fr", "35\u202f000 euros", [[35_000]]],
    ["ko", "3만 5천 원", [[35_000]]],
    ["ko", "1억 2000만 명", [[120_000_000]]],
    ["ko", "3백만 원", [[3_000_000]]],
    ["ko", "10만 3만", [[100_000], [30_000]]],
    ["en", "1.2 million people", [[1_200_000]]],
    ["es", "2 mil millones", [[2e9]]],
    ["ar", "٣٥٠", [[350]]],
    ["ja", "３５０円", [[350]]],
    ["en", "at 3:30", [[3], [30]]],
    ["en", "version 1.2.3", [[]]],
    ["ko", "삼백오십 명", [[350]]],
    ["en", "three hundred and fifty people", [[350]]],
    ["zh", "两千三百", [[2300]]],
  ])("%s: %s", (language, text, values) => {
    expect(numbersIn(text, language).map((number) => number.values)).toEqual(values);
  });
});

describe("numbers", () => {
  it.each<[string, string, string, string]>([
    ["가격이 350,000원이었어요.", "It was 350,000 won.", "ko", "en"],
    ["가격이 35만 원이었어요.", "It was 350,000 won.", "ko", "en"],
    ["1억 2천만 명이 봤어요.", "120 million people watched it.", "ko", "en"],
    ["삼백오십 명이 왔어요.", "350 people came.", "ko", "en"],
    ["350명이 왔어요.", "Three hundred fifty people came.", "ko", "en"],
    ["2026년 11월 23일이에요.", "It's November 23, 2026.", "ko", "en"],
    ["오후 3시에 만나요.", "Let's meet at 15:00.", "ko", "en"],
    ["90년대 노래예요.", "It's a song of the 1990s.", "ko", "en"],
    ["It's 1,234.5 km.", "Es sind 1.234,5 km.", "en", "de"],
    ["He is 20.", "스무 살이에요.", "en", "ko"],
    ["I have 3 dogs.", "개가 세 마리 있어요.", "en", "ko"],
    ["Open https://a.example/2024/77", "https://a.example/2024/77 을 여세요", "en", "ko"],
    ["만일을 대비해요.", "Just in case.", "ko", "en"],
    ["서른다섯 살이고 스물두 명이에요.", "I'm 35 and we are 22.", "ko", "en"],
    ["Tengo treinta y cinco años.", "서른다섯이에요, 35살.", "es", "ko"],
    ["She is 35.", "Tiene treinta y cinco años.", "en", "es"],
  ])("agree: %s | %s", (from, to, source, target) => {
    expect(check(from, to, { source, target })).toEqual([]);
  });

  it("tells of what is missing and what is new", () => {
    expect(check("가격이 350,000원이었어요.", "It was 35,000 won.")).toMatchObject([
      { code: "translation_numbers", cueId: "c0", values: { missing: "350,000", extra: "35,000" } },
    ]);
    expect(codes("가격은 45달러예요.", "It's dollars.")).toEqual(["translation_numbers"]);
  });

  it("follows a number that moved to the next cue of the sentence", () => {
    expect(
      check(["2026년에 처음", "서울에 왔어요."], ["I first came", "to Seoul in 2026."]),
    ).toEqual([]);
  });
});

describe("left in the source's language", () => {
  it.each([
    ["안녕하세요, 여러분.", "안녕하세요, 여러분.", "ko", "en", true],
    ["안녕하세요, 여러분.", "Hello 안녕하세요 여러분", "ko", "en", true],
    ["김치는 맛있어요.", "김치 (kimchi) is delicious.", "ko", "en", false],
    ["Netflix", "Netflix", "en", "ko", false],
    ["NASA, OK.", "NASA, OK.", "en", "ko", false],
    ["Yes, I understand.", "Yes, I understand.", "en", "ko", true],
    ["I like the iPhone.", "저는 iPhone이 좋아요.", "en", "ko", false],
    ["Yes, I really understand.", "Yes, I really understand.", "en", "es", true],
    ["Yes, I really understand.", "Sí, lo entiendo de verdad.", "en", "es", false],
    ["Hotel Central Barcelona", "Hotel Central Barcelona", "en", "es", true],
    ["これはペンです。", "これはペンです。", "ja", "zh-Hans", true],
    ["これはペンです。", "这是一支笔。", "ja", "zh-Hans", false],
    ["Да, понимаю.", "Да, понимаю.", "ru", "en", true],
    ["👨‍👩‍👧‍👦 하하", "👨‍👩‍👧‍👦 haha", "ko", "en", false],
    ["안녕하세요".normalize("NFD"), "안녕하세요".normalize("NFD"), "ko", "en", true],
  ] as const)("%s | %s (%s, %s): %s", (from, to, source, target, left) => {
    expect(codes(from, to, { source, target }).includes("translation_untranslated")).toBe(left);
  });
});

describe("other findings", () => {
  it("missing: an empty cue, or none; not one that a person merged", () => {
    expect(check(["네.", "알겠어요."], ["Yes.", ""])).toMatchObject([
      { code: "translation_missing", cueId: "c1", values: { text: "알겠어요." } },
    ]);
    const source = cues(["네.", "알겠어요.", "♪"]);
    const base = { source, sourceLanguage: "ko", targetLanguage: "en" };
    const [one] = cues(["Yes."]);
    expect(checkTranslation({ ...base, target: [one as Cue] })).toMatchObject([
      { code: "translation_missing", startMs: 2_000 },
    ]);
    const merged = { ...(one as Cue), endMs: 3_900, text: "Yes, I see." };
    expect(checkTranslation({ ...base, target: [merged] })).toEqual([]);
  });

  it("addresses and placeholders", () => {
    expect(codes("{name}님, a@b.kr로 보내세요.", "Send it to a@b.kr, {name}.")).toEqual([]);
    expect(check("https://example.com/camera에서 확인하세요.", "See example.com.")).toMatchObject([
      {
        code: "translation_placeholders",
        values: { missing: "https://example.com/camera", extra: "" },
      },
    ]);
  });

  it("glossary: whole words, particles allowed, neighbours allowed, markup in a term harmless", () => {
    const terms = [
      { source: "서울", target: "Seoul" },
      { source: "<b>AI</b>", target: "KI" },
    ];
    expect(codes("서울에서 왔어요.", "I'm from Seoul.", { terms })).toEqual([]);
    expect(
      codes(["서울에서", "왔어요, 어제."], ["I came yesterday", "from Seoul."], { terms }),
    ).toEqual([]);
    expect(check("서울에서 왔어요.", "I'm from the capital.", { terms })).toMatchObject([
      { code: "translation_glossary", values: { term: "서울", expected: "Seoul" } },
    ]);
    const art = [{ source: "art", target: "예술" }];
    expect(
      codes("Start now.", "지금 시작해요.", { source: "en", target: "ko", terms: art }),
    ).toEqual([]);
  });

  it("length: far too long or short, unless the words are in the next cue", () => {
    const long = "오늘은 날씨가 정말 좋아서 공원에 산책하러 나왔어요.";
    expect(codes(long, "The weather is so nice that I came out for a walk in the park.")).toEqual(
      [],
    );
    expect(codes(long, "Nice.")).toEqual(["translation_length"]);
    expect(
      codes(
        [long, "네."],
        ["Well,", "the weather is so nice today that I came to the park for a walk, yes."],
      ),
    ).toEqual([]);
  });

  it("repeated: one text for different ones, or a text that goes round in circles", () => {
    expect(
      codes(["좋은 아침이에요.", "저는 학생이에요."], ["I am a student.", "I am a student."]),
    ).toEqual(["translation_repeated"]);
    expect(codes(["정말요?", "정말요?"], ["Is that so?", "Is that so?"])).toEqual([]);
    expect(codes("정말 좋아요.", "I like it. ".repeat(12))).toContain("translation_repeated");
  });

  it("stale: the source says something else by now", () => {
    const source = cues(["고쳤어요."]);
    const target = cues(["I came."]).map(
      (cue): Cue => ({
        ...cue,
        provenance: {
          origin: "translation",
          translation: { sourceCueId: "c0", sourceText: "왔어요.", way: "scene" },
        },
      }),
    );
    expect(
      checkTranslation({ source, target, sourceLanguage: "ko", targetLanguage: "en" }),
    ).toMatchObject([{ code: "translation_stale", cueId: "c0" }]);
  });
});

it("holds 20,000 cues and 2,000 terms against each other in one go", () => {
  const source = cues(
    Array.from(
      { length: 20_000 },
      (_, index) => `${index}번째 문장이고 가격은 ${index * 7}원이에요.`,
    ),
  );
  const target = cues(
    Array.from(
      { length: 20_000 },
      (_, index) => `This is sentence ${index} and it costs ${index * 7} won.`,
    ),
  );
  const terms = Array.from({ length: 2_000 }, (_, index) => ({
    source: `용어${index}가나`,
    target: `term${index}`,
  }));
  const startMs = performance.now();
  const found = checkTranslation({
    source,
    target,
    sourceLanguage: "ko",
    targetLanguage: "en",
    terms,
  });
  // Under a second on an idle machine; a quadratic way would take minutes.
  expect(performance.now() - startMs).toBeLessThan(10_000);
  expect(found).toEqual([]);
});
