/** How a term is to be rendered, both as written. */
export interface TermRendering {
  source: string;
  target: string;
}

/** For comparing without regard to capitals and to how accents are composed. */
export const fold = (text: string) => text.normalize("NFC").toLowerCase();

/** Terms that a text has, each once. */
export function termsIn<T extends TermRendering>(text: string, terms: readonly T[]): T[] {
  const folded = fold(text);
  return terms.filter((term) => placesOf(folded, fold(term.source)).length > 0);
}

/**
 * Where a term of the source isn't rendered as the glossary wants it, neither in its own text nor
 * in one up to `reach` away.
 */
export function missedTerms(
  pairs: readonly { from: string; to: string }[],
  terms: readonly TermRendering[],
  reach: number,
): { index: number; term: TermRendering }[] {
  // One long text is searched once a term: thousands of terms over thousands of cues stay fast.
  const texts = pairs.map(({ from }) => fold(from));
  const rendered = pairs.map(({ to }) => fold(to));
  const starts: number[] = [];
  let length = 0;
  for (const text of texts) {
    starts.push(length);
    length += text.length + 1;
  }
  const all = texts.join("\n");
  const pairsOfUnits = unitPairs(all);
  return terms.flatMap((term) => {
    if ([...unitPairs(fold(term.source))].some((pair) => !pairsOfUnits.has(pair))) return [];
    const expected = fold(term.target);
    const near = (index: number) => rendered.slice(Math.max(0, index - reach), index + reach + 1);
    return [...new Set(placesOf(all, fold(term.source)).map((at) => textAt(starts, at)))]
      .filter((index) => !near(index).some((text) => text.includes(expected)))
      .map((index) => ({ index, term }));
  });
}

/** Every two units that stand side by side: a term with a pair that a text lacks isn't in it. */
function unitPairs(text: string): Set<number> {
  const pairs = new Set<number>();
  for (let at = 1; at < text.length; at++) {
    pairs.add(text.charCodeAt(at - 1) * 0x10000 + text.charCodeAt(at));
  }
  return pairs;
}

const spelled = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;
const hangul = /\p{Script=Hangul}/u;

/** Where a term stands as a word: in Latin and the like on its own, in Hangul at a word's start. */
function placesOf(text: string, term: string): number[] {
  const places: number[] = [];
  if (term === "") return places;
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + term.length)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + term.length);
    const first = term.charAt(0);
    const partOfWord =
      (spelled.test(before) && spelled.test(first)) ||
      (spelled.test(after) && spelled.test(term.at(-1) ?? "")) ||
      (hangul.test(before) && hangul.test(first));
    if (!partOfWord) places.push(at);
  }
  return places;
}

function textAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}
