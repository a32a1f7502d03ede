import { type BreakJudge, breakQuality } from "@/lib/subtitles/segmentation/break-quality";
import {
  endsSentence,
  finalConsonant,
  politeConjunction,
} from "@/lib/subtitles/segmentation/korean-endings";
import {
  isAmount,
  isCounted,
  isNumeral,
  leadsToNumeral,
} from "@/lib/subtitles/segmentation/korean-numbers";

/**
 * Where Korean may break, at the spaces between eojeol: well after connective endings and
 * particles, badly inside what reads as one: modifier + bound noun (할 수, 먹은 적), verb +
 * auxiliary (하고 있다, 가지 않다), determiner or possessive + noun, number + counter.
 */

const conjunction =
  /^(?:그리고|그런데|그래서|하지만|그러나|그러면|그럼|또한|혹은|또는|즉|왜냐하면|그러니까|근데|그래도|따라서|만약|만일)/;

const connective =
  /(?:으며|이며|면서|니까|지만|는데|은데|인데|한데|던데|라서|아서|어서|해서|려고|도록|자마자|거나|든지|다가|므로|기에|더니|아도|어도|해도|으면|다면|하면|이면|되면|하여|되어|으로써|고서|면서도|느라|길래|더라도|수록|으니|이니|고|며|면)$/;

const particle =
  /(?:은|는|이|가|을|를|에|에서|에게|한테|께|으로|로|와|과|랑|하고|도|만|까지|부터|보다|처럼|마다|조차|밖에|라도)$/;

/** Adverbs that close a phrase as a particle does. */
const closingAdverb =
  /^(?:함께|같이|위해|위해서|통해|통해서|대해|대해서|따라|덕분에|때문에|뒤|후|전|당시|동안|때|정도|이상|이하|내내|만에)$/;

/** Nouns that need a description before them, with what may hang on them. */
/** Stands by itself, unlike a noun without a particle. */
const adverb =
  /(?:[히게]|이|오늘|내일|어제|지금|이제|아직|벌써|이미|항상|언제나|자주|가끔|모두|전부|조금|많이|혼자|갑자기|결국|사실|물론|아마|오히려|계속|점점|훨씬|드디어|마침내|요즘|먼저|나중|다음|처음|직접|따로|서로|스스로|무척|굉장히|거의|약간|대략|보통|대개|대부분|하루|당장|방금|일단|우선|역시|심지어|예를)$/;

const boundNoun =
  /^(?:것|만큼|뿐|듯|동안|때문|정도|경우|순간|무렵|즈음|덕분|탓|거(?:$|[예에야지죠든라인였냐다]|니까)|겁니|건(?:$|[데가지요])|게$|걸(?:$|[요로])|수(?:$|[가는도]|밖에)|때(?:$|[는도가의에]|마다|까지|부터)|데(?:$|[는도에다가서])|줄(?:$|[은을도로만]|이야)|지(?:$|[가도는])|적(?:$|[이은도에])|중(?:$|[에이인])|채(?:$|로)|척|바(?:$|[와를가])|대로$|터(?:$|라|이)|테니|테고|김에|리가)/;

/** 할 수 있다, 갈 줄 모르다, 본 적 없다: noun and verb are one expression. */
const boundNounAlone = /^(?:수가?|줄[을은]?|적[이은도]?|리[가는]?|것[이은도]?|데[가도]?)$/;
const existence = /^(?:있|없|알|모르|몰|같)/;

const determiner =
  /^(?:이|그|저|이런|그런|저런|어떤|무슨|모든|각|매|첫|두|세|네|한|여러|몇|새|헌|온|전|약|제|내|우리|다|안|못|잘|더|덜|가장|매우|아주|너무|참|정말|좀|꼭|다시|바로|및|가지|종류)$/;

/** Verbs and adjectives before the noun that they describe. */
const modifier =
  /(?:한|된|할|될|인|일|던|운|린|른|진|난|온|간|본|준|쓴|큰|작은|많은|적은|좋은|같은|다른|높은|낮은|깊은|넓은|짧은|젊은|늙은|오래된|있는|없는|하는|되는|가는|오는|보는|주는|쓰는|사는|아는|모르는|만드는|나오는|나가는|들어가는|걸리는|남는|받는|찾는|먹는|듣는|묻는|않는|못하는|싶은|않은|다는|라는|자는|다니는|시키는|바꾸는|맡은|얻은|받은|먹은|찾은|남은)$/;

/** Subject or place, and the verb that says that it is there: 점이 있다, 부산에 있는. */
const subjectOrPlace = /(?:이|가|에|에게|에서|께|도|은|는|만)$/;
const thereIs = /^(?:있|없|계[시신셔실]|많|적[은다었])/;

/** Noun + particle + a verb that only serves as a postposition: 에 대한, 를 위해, 와 함께. */
const compound: readonly [RegExp, RegExp] = [
  /(?:에|을|를|로|와|과|랑|고)$/,
  /^(?:대[한해하]|따[라르른]|관[한해하]|의[한해하]|위[한해하]|통[한해하]|인[한해하]|비[해하]|함께|같[은이]|걸[쳐친]|불구)/,
];

const auxiliaryAfter: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:고|지)$/, /^(?:있|싶|않|못|말|마|계|나서)/],
  [
    /(?:[아어여해와워겨려져돼]|[가서봐줘])$/,
    /^(?:보|봤|봐|본|주|줘|줬|준|드|버|놓|두|있|야|가|갔|오|왔|나|났|내|냈)/,
  ],
  [/(?:게|려고|도록|어야|아야|해야)$/, /^(?:되|됐|돼|된|될|됩|하|합|했|한|할|해|만)/],
];

/** 할, 먹은, 하는 ... but not what ends with the particle 를. */
function isModifying(before: string): boolean {
  if (before.endsWith("를")) return false;
  const final = finalConsonant(before);
  return final === 4 || final === 8;
}

/** Quotation marks and brackets hide what a word is. */
const opening = /^["'\u2018\u201c([<\u300a\u3008]+/;

/** Syllables as one character each, as all patterns here are written. */
function composed(word: string): string {
  return /[\u1100-\u11ff]/.test(word) ? word.normalize("NFC") : word;
}

export const koreanBreak: BreakJudge = (first, second) => {
  const before = composed(first).replace(opening, "");
  const after = composed(second).replace(opening, "");
  if (isCounted(before, after) || isAmount(before, after)) return breakQuality.bad;
  if (endsSentence(before, after)) return breakQuality.sentence;
  if (conjunction.test(after) || politeConjunction.test(before)) return breakQuality.clause;
  if (isOneExpression(before, after)) return breakQuality.bad;
  if (leadsToNumeral(before, after)) return breakQuality.poor;
  if (connective.test(before)) return breakQuality.good;
  if (isNumeral(before) || isDescribed(before)) return breakQuality.poor;
  if (subjectOrPlace.test(before) && thereIs.test(after)) return breakQuality.poor;
  if (particle.test(before) || closingAdverb.test(before)) return breakQuality.phrase;
  // A bare noun leans on the next: 조선 | 시대, 골목 | 끝.
  return adverb.test(before) || !/[가-힣]$/.test(before) ? breakQuality.neutral : breakQuality.poor;
};

/** Two eojeol that mean something only together. */
function isOneExpression(before: string, after: string): boolean {
  if (boundNoun.test(after) && isModifying(before)) return true;
  if (boundNounAlone.test(before) && existence.test(after)) return true;
  if (determiner.test(before)) return true;
  if (compound[0].test(before) && compound[1].test(after)) return true;
  return auxiliaryAfter.some(([verb, auxiliary]) => verb.test(before) && auxiliary.test(after));
}

/** Whether `before` describes the noun that follows. */
function isDescribed(before: string): boolean {
  return before.length > 1 && (before.endsWith("의") || modifier.test(before));
}
