/**
 * Korean particles, and the copula's common forms, that lean on a noun: "래프트에서는" is 래프트
 * followed by 에서 and 는. Many come in two forms, one after a vowel and one after a final
 * consonant, which tells 작곡가 (a word of its own: the particle would be 이) from 래프트가.
 * Endings of verbs are not among them: a noun with one is another word.
 */
const particles = {
  any: [
    ...["께서", "의", "에", "에게", "에게서", "한테", "한테서", "께", "에서", "에서부터", "하고"],
    ...["보고", "더러", "도", "만", "까지", "마저", "조차", "부터", "밖에", "뿐", "뿐만", "마다"],
    ...["씩", "처럼", "같이", "보다", "만큼", "대로", "커녕", "치고", "요", "들", "님"],
    ...["이다", "입니다", "이에요", "이고", "이며", "이라는", "이라고", "이었다", "이었습니다"],
    ...["인데", "이지만", "이니까", "이죠", "인가요"],
  ],
  vowel: [
    ...["가", "를", "는", "와", "로", "로서", "로써", "로부터", "랑", "야", "여", "나", "라도"],
    ...["든", "든지", "나마", "야말로", "예요", "고", "며", "란", "라는", "라고", "라", "였다"],
    ...["였습니다", "지만", "면", "니까", "죠"],
  ],
  consonant: [
    ...["이", "을", "은", "과", "으로", "으로서", "으로써", "으로부터", "이랑", "아", "이여"],
    ...["이나", "이라도", "이든", "이든지", "이나마", "이야", "이야말로", "이란", "이라", "이면"],
  ],
};

/** More than three in a row don't occur: "에서부터라도". */
const mostInARow = 3;

/**
 * How many UTF-16 units of particles follow a noun, when they go right up to the end of the word;
 * 0 when anything else follows.
 * @param noun what stands before, NFC
 * @param text what follows it, NFC; only its first word is looked at
 */
export function particleLength(noun: string, text: string): number {
  const rest = /^[\p{L}\p{N}\p{M}]*/u.exec(text)?.[0] ?? "";
  return rest !== "" && areParticles(noun, rest, mostInARow) ? rest.length : 0;
}

function areParticles(noun: string, rest: string, left: number): boolean {
  if (rest === "") return true;
  if (left === 0) return false;
  return followers(noun, rest).some((particle) =>
    areParticles(particle, rest.slice(particle.length), left - 1),
  );
}

/** Particles that may follow the noun and that `rest` begins with. */
function followers(noun: string, rest: string): string[] {
  const end = soundAtEnd(noun);
  const lists = [
    particles.any,
    ...(end === "consonant" ? [] : [particles.vowel]),
    ...(end === "vowel" ? [] : [particles.consonant]),
  ];
  const found = lists.flatMap((list) => list.filter((particle) => rest.startsWith(particle)));
  // After ㄹ the direction is 로, not 으로: 서울로.
  return end === "l"
    ? found.filter((particle) => particle === "로" || fitsConsonant(particle))
    : found;
}

const vowelOnly = new Set(particles.vowel);
const fitsConsonant = (particle: string) => !vowelOnly.has(particle);

/** How the noun ends; undefined where the last letter isn't Hangul: it may be read either way. */
function soundAtEnd(noun: string): "vowel" | "consonant" | "l" | undefined {
  const code = noun.charCodeAt(noun.length - 1);
  if (!(code >= 0xac00 && code <= 0xd7a3)) return undefined;
  // Hangul syllables come in runs of 28 final consonants; the 8th is ㄹ.
  const final = (code - 0xac00) % 28;
  if (final === 0) return "vowel";
  return final === 8 ? "l" : "consonant";
}
