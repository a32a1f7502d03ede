/** Where a Korean sentence ends, told from its last eojeol, for text without punctuation. */

const hangulFirst = 0xac00;
const hangulCount = 11_172;
const finals = { none: 0, n: 4, l: 8, b: 17, bs: 18, ss: 20 } as const;

/** The final consonant of a text's last syllable, counted as in Unicode; -1 for anything else. */
export function finalConsonant(text: string): number {
  const code = text.charCodeAt(text.length - 1) - hangulFirst;
  return code >= 0 && code < hangulCount ? code % 28 : -1;
}

/** Nouns that look like the polite ending 요. */
const nounsInYo =
  /(?:필요|중요|주요|수요|소요|동요|강요|개요|민요|요요|긴요|가요|구요일|월요|일요|토요)$/;
/** 그런데요, 근데요 ...: what they begin comes after them. */
export const politeConjunction =
  /^(?:그런데|근데|그래서|그리고|하지만|그러면|그럼|왜냐하면|그니까|그러니까)요$/;

/** Verbs and adjectives whose bare form with 다 says something finished; others are connectives. */
const plainStatement =
  /(?:아니|같|싶|않|많|좋|옳|맞|어렵|쉽|높|낮|깊|넓|짧|길|크|작|적|나쁘|다르|빠르|느리|바쁘|아름답|필요하|중요하|가능하|불가능하|분명하|당연하|충분하|유명하|심각하|때문이|것이|뿐이|정도이|편이|셈이|터이|중이|법이|거|것)다$/;

/** What a statement leads on to when it is quoted or weighed, so that it isn't the end. */
const leadsOn =
  /^(?:라고|라는|라며|라면서|라니|이라고|하고|하는|하며|하면|하면서|하더라|하니|해도|해서|했|고|는|며|면|보니|보면|보니까|치고|치자|치더라|싶|말|말았|그래)/;

/** 왔다 갔다, 들었다 놨다: to and fro. */
const toAndFro = /^(?:왔다|들었다|올랐다|켰다|열었다|폈다|탔다|줬다|이랬다)$/;
const froAgain = /^(?:갔다|놨다|놓았다|내렸다|껐다|닫았다|접었다|뺏었다|저랬다)/;

function isStatement(word: string): boolean {
  if (!word.endsWith("다") || word.length < 2) return false;
  const stem = word.slice(0, -1);
  const final = finalConsonant(stem);
  // 했다, 있다, 겠다, 없다; 한다, 먹는다; 합니다, 습니다.
  if (final === finals.ss || final === finals.bs) return true;
  if (final === finals.n)
    return stem.length > 1 || /^(?:한|간|온|본|준|된|난|산|쓴|큰|문|운)$/.test(stem);
  if (stem.endsWith("니")) return finalConsonant(stem.slice(0, -1)) === finals.b || stem === "아니";
  return plainStatement.test(word);
}

function isQuestion(word: string): boolean {
  return word.endsWith("니까") && finalConsonant(word.slice(0, -2)) === finals.b;
}

function isPolite(word: string): boolean {
  if (/[죠]$/.test(word)) return true;
  if (!word.endsWith("요") || word.length < 2) return false;
  return !nounsInYo.test(word) && !politeConjunction.test(word);
}

/**
 * Whether a sentence ends with `before`: formal, polite and written endings (니다, 요, 죠, 니까, 다),
 * but not the particle 보다, 다 "all", the connective 다, nouns such as 필요, nor a quotation.
 */
export function endsSentence(before: string, after: string): boolean {
  if (leadsOn.test(after) || (toAndFro.test(before) && froAgain.test(after))) return false;
  return isStatement(before) || isQuestion(before) || isPolite(before);
}
