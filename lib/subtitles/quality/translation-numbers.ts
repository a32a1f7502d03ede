/**
 * Numbers in running text, for comparing a text with its translation: digits of any script with
 * their separators, multiplied as Korean, Japanese, Chinese and European languages do ("3만 5천",
 * "1.2 million"), and numbers in words where they can be read (Korean, Han, English).
 */
export interface FoundNumber {
  /** As written. */
  text: string;
  /**
   * What it may mean: "1.234" is either 1234 or 1.234. Rounded, see `canonical`. None for versions
   * and the like, "1.2.3", which are compared as written.
   */
  values: number[];
  /** Written in digits; a number in words may be no number at all ("one of them", "만일"). */
  digits: boolean;
}

/** East Asian multipliers. A number may have several: "3백만" is 3 x 100 x 10,000. */
const eastern: Record<string, number> = {
  십: 10,
  十: 10,
  백: 100,
  百: 100,
  천: 1e3,
  千: 1e3,
  만: 1e4,
  萬: 1e4,
  万: 1e4,
  억: 1e8,
  億: 1e8,
  亿: 1e8,
  조: 1e12,
  兆: 1e12,
};

const western: readonly (readonly [RegExp, number])[] = [
  [/^(?:trillions?|billones|billions? de|biliões|trilhões|триллион\p{L}*)$/iu, 1e12],
  [/^(?:billions?|milliards?|miliard\p{L}*|mil millones|bilhões|bilhão|миллиард\p{L}*|bn)$/iu, 1e9],
  [
    /^(?:million\p{L}*|mill[oó]n(?:es)?|milh(?:ão|ões)|milion\p{L}*|миллион\p{L}*|triệu|juta|mln|mn|mio)$/iu,
    1e6,
  ],
  [/^(?:thousands?|tausend|mille|mila|mil|тысяч\p{L}*|nghìn|ngàn|ribu|k)$/iu, 1e3],
];

const easternMark = "[십十백百천千만萬万억億亿조兆]";
const digitRun = String.raw`\p{Nd}+(?:[.,:'’\u00a0\u202f\u066b\u066c]\p{Nd}+)*`;
const pattern = new RegExp(
  String.raw`(${digitRun})(?:\s?(${easternMark}+))?(?:([\s-]?)(\p{L}+(?:\smillones)?))?`,
  "gu",
);

/** Two doubles of one value compare equal. */
function canonical(value: number): number {
  return Number(value.toPrecision(12));
}

/** Digits of any script as 0-9: each script's ten stand in a row, zero first. */
function asciiDigits(text: string): string {
  if (/^[\d.,:]*$/.test(text)) return text;
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    if (code < 0x80) return digit;
    let zero = code;
    while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(code - zero);
  });
}

/** The values that digits with separators may have: a lone "." or "," is a point or a thousand. */
function readings(written: string): number[] {
  const text = asciiDigits(written).replaceAll("\u066b", ".").replaceAll("\u066c", ",");
  const bare = text.replace(/['’\u00a0\u202f]/g, "");
  const marks = bare.replace(/\d/g, "");
  if (marks === "") return [Number(bare)];
  const groups = bare.split(/[.,]/);
  const thousands =
    groups.slice(1).every((group) => group.length === 3) && (groups[0] ?? "").length <= 3;
  const whole = Number(groups.join(""));
  if (marks.length === 1) {
    const decimal = Number(bare.replace(",", "."));
    return thousands ? [whole, decimal] : [decimal];
  }
  const last = marks.at(-1);
  if (new Set(marks).size === 1) return thousands ? [whole] : [];
  // Two kinds of marks: the last one is the decimal point.
  const [head = "", tail = ""] = [
    bare.slice(0, bare.lastIndexOf(last ?? "")),
    bare.slice(bare.lastIndexOf(last ?? "") + 1),
  ];
  return [Number(`${head.replace(/[.,]/g, "")}.${tail}`)];
}

function westernFactor(word: string | undefined): number | undefined {
  return western.find(([name]) => name.test(word ?? ""))?.[1];
}

/** All numbers of a text, those in digits first. */
export function numbersIn(text: string, language: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  let open: { factor: number; end: number } | undefined;
  let words = "";
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, written = "", marks = "", space = "", word = ""] = match;
    const factor = Array.from(marks).reduce((product, mark) => product * (eastern[mark] ?? 1), 1);
    const wordFactor = marks === "" && word !== "" ? westernFactor(word) : undefined;
    const continues =
      open && factor < open.factor && /^\s?$/.test(text.slice(open.end, match.index));
    const last = found.at(-1);
    for (const part of written.split(":")) {
      const values = readings(part).map((value) => canonical(value * factor * (wordFactor ?? 1)));
      if (continues && last && part === written) {
        // "1억 2000만": the parts of one number, each smaller than the one before.
        last.text += ` ${written}${marks}`;
        last.values = last.values.flatMap((sum) => values.map((value) => canonical(sum + value)));
      } else {
        found.push({ text: `${asciiDigits(part)}${marks}`, values, digits: true });
      }
    }
    const end = match.index + whole.length - space.length - word.length;
    open = factor > 1 ? { factor, end } : undefined;
    words += `${text.slice(from, match.index)}#`;
    from = wordFactor ? match.index + whole.length : end;
  }
  return [...found, ...numberWords(words + text.slice(from), language)];
}

const sinoKorean: Record<string, number> = {
  일: 1,
  이: 2,
  삼: 3,
  사: 4,
  오: 5,
  육: 6,
  칠: 7,
  팔: 8,
  구: 9,
};
const hanDigits: Record<string, number> = {
  一: 1,
  二: 2,
  两: 2,
  兩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const easternWords = /[일이삼사오육칠팔구십백천만억조一二两兩三四五六七八九十百千万萬億亿兆]{2,}/gu;
const englishWords =
  /\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|and)\b[\s-]?)+/gi;
const english = new Map(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    .split(" ")
    .map((word, value): [string, number] => [word, value])
    .concat(
      "twenty thirty forty fifty sixty seventy eighty ninety"
        .split(" ")
        .map((word, index) => [word, 20 + 10 * index]),
    ),
);

const nativeTens: Record<string, number> = {
  열: 10,
  스물: 20,
  스무: 20,
  서른: 30,
  마흔: 40,
  쉰: 50,
  예순: 60,
  일흔: 70,
  여든: 80,
  아흔: 90,
};
const nativeOnes = ["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"];
const nativeShort = ["한", "두", "세", "네"];
const nativeWords =
  /(열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔)(하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|한|두|세|네)?/gu;

/** "서른다섯" and "스물두" as people count things and years. */
function nativeKorean(text: string): { written: string; value: number }[] {
  return [...text.matchAll(nativeWords)].map(([written, tens = "", ones = ""]) => {
    const one = Math.max(nativeOnes.indexOf(ones), nativeShort.indexOf(ones)) + 1;
    return { written, value: (nativeTens[tens] ?? 0) + one };
  });
}

/** Languages whose numbers in words are read here. */
const readable = /^(?:ko|ja|zh|yue|en)\b/;

function numberWords(text: string, language: string): FoundNumber[] {
  const words = [...text.matchAll(easternWords)].map(([written]) => ({
    written,
    value: easternValue(written),
  }));
  if (language.startsWith("en")) {
    for (const [written] of text.matchAll(englishWords))
      words.push({ written, value: englishValue(written) });
  }
  if (language.startsWith("ko")) words.push(...nativeKorean(text));
  return words.flatMap(({ written, value }) =>
    value > 0 ? [{ text: written.trim(), values: [canonical(value)], digits: false }] : [],
  );
}

/** "삼백오십만" is 3,500,000. */
function easternValue(text: string): number {
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of text) {
    const value = sinoKorean[character] ?? hanDigits[character];
    const factor = eastern[character];
    if (value !== undefined) digit = digit * 10 + value;
    else if (factor !== undefined && factor < 1e4) {
      section += (digit || 1) * factor;
      digit = 0;
    } else if (factor !== undefined) {
      total += (section + digit || 1) * factor;
      section = 0;
      digit = 0;
    }
  }
  return total + section + digit;
}

function englishValue(text: string): number {
  let total = 0;
  let section = 0;
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    if (word === "hundred") section = (section || 1) * 100;
    else if (word === "thousand" || word === "million" || word === "billion") {
      total += (section || 1) * ({ thousand: 1e3, million: 1e6, billion: 1e9 }[word] ?? 1);
      section = 0;
    } else section += english.get(word) ?? 0;
  }
  return total + section;
}

/** Small numbers are written as words in many languages, and months by name. */
const mayBeWords = (value: number) =>
  Number.isInteger(value) && (value <= 20 || (value <= 100 && value % 10 === 0));

export interface NumberDifference {
  missing: FoundNumber[];
  extra: FoundNumber[];
}

function same(a: FoundNumber, b: FoundNumber): boolean {
  if (a.values.length === 0 || b.values.length === 0) return a.text === b.text;
  return a.values.some((value) => b.values.includes(value));
}

/** 3 o'clock and 15:00, the nineties and 1990: two ways to write one thing. */
function related(a: FoundNumber, b: FoundNumber): boolean {
  const pairs = a.values.flatMap((x) =>
    b.values.map((y): [number, number] => [Math.min(x, y), Math.max(x, y)]),
  );
  return pairs.some(
    ([small, large]) =>
      (small <= 12 && large === small + 12) ||
      (small < 100 && large >= 1_900 && large < 2_100 && large % 100 === small),
  );
}

/** Numbers in digits of one side that the other hasn't, in digits or in words. */
export function compareNumbers(
  source: readonly FoundNumber[],
  target: readonly FoundNumber[],
): NumberDifference {
  const rest = target.slice();
  const without = (left: readonly FoundNumber[], matches: typeof same) =>
    left.filter((number) => {
      const at = rest.findIndex((other) => matches(number, other));
      if (at !== -1) rest.splice(at, 1);
      return at === -1;
    });
  // Equal ones first, or 11 would take the 23 of the same date for eleven at night.
  const missing = without(without(source, same), related).filter(({ digits }) => digits);
  return { missing, extra: rest.filter(({ digits }) => digits) };
}

/**
 * Whether it is worth telling that `other`, a text of this language, lacks the number: not where it
 * may well stand in words, and below 100 not where words can't be read.
 */
export function isTelling(number: FoundNumber, other: string): boolean {
  if (number.values.length === 0) return true;
  const inWords = (value: number) =>
    mayBeWords(value) || (!readable.test(other) && Number.isInteger(value) && value <= 100);
  return !number.values.some(inWords);
}
