import { type BreakJudge, breakQuality } from "@/lib/subtitles/segmentation/break-quality";

/**
 * Where Korean may break, at the spaces between eojeol: well after connective endings and
 * particles, badly inside what reads as one: modifier + bound noun (할 수, 먹은 적), verb +
 * auxiliary (하고 있다, 가지 않다), determiner or possessive + noun, number + counter.
 */

const conjunction =
  /^(?:그리고|그런데|그래서|하지만|그러나|그러면|그럼|또한|혹은|또는|즉|왜냐하면|그러니까|근데|그래도|따라서|만약|만일)/;

/** Endings of a finished sentence, for text without punctuation. */
const finalEnding =
  /(?:니다|니까\?|어요|아요|여요|해요|세요|네요|군요|죠|지요|거든요|잖아요|에요|예요|까요|데요|래요|나요)$/;

const connective =
  /(?:으며|이며|면서|니까|지만|는데|은데|인데|한데|던데|라서|아서|어서|해서|려고|도록|자마자|거나|든지|다가|므로|기에|더니|아도|어도|해도|으면|다면|하면|이면|되면|고|며|면)$/;

const particle =
  /(?:은|는|이|가|을|를|에|에서|에게|한테|께|으로|로|와|과|랑|하고|도|만|까지|부터|보다|처럼|마다|조차|밖에|라도)$/;

/** Adverbs that close a phrase as a particle does. */
const closingAdverb =
  /^(?:함께|같이|위해|위해서|통해|통해서|대해|대해서|따라|덕분에|때문에|뒤|후|당시)$/;

const boundNoun =
  /^(?:것|거|게|걸|건|겁|수|때|데|줄|지|적|만큼|뿐|듯|중|채|척|바|동안|대로|때문|정도|터|경우|순간|김에|리가)/;

/** 할 수 있다, 갈 줄 모르다, 본 적 없다: noun and verb are one expression. */
const boundNounAlone = /^(?:수가?|줄[을은]?|적[이은도]?|리[가는]?|것[이은도]?|데[가도]?)$/;
const existence = /^(?:있|없|알|모르|몰|같)/;

const determiner =
  /^(?:이|그|저|이런|그런|저런|어떤|무슨|모든|각|매|첫|두|세|네|한|여러|몇|새|헌|온|전|약|제|내|우리|안|못|잘|더|덜|가장|매우|아주|너무|참|정말|좀|꼭|다시|바로|및|약)$/;

const counter =
  /^(?:개|명|번|원|년|월|일|시|분|초|가지|살|세|층|회|권|대|장|마리|킬로|미터|퍼센트|달러|시간|주|달)/;

const modifier =
  /(?:한|된|할|될|인|던|운|린|른|진|난|온|간|본|준|쓴|큰|작은|많은|좋은|있는|없는|하는|되는)$/;

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

/** The final consonant of a syllable (0 none, 4 ㄴ, 8 ㄹ, ...), -1 for anything else. */
function finalConsonant(text: string): number {
  const code = text.charCodeAt(text.length - 1) - 0xac00;
  return code >= 0 && code < 11172 ? code % 28 : -1;
}

function isModifying(before: string): boolean {
  const final = finalConsonant(before);
  return final === 4 || final === 8;
}

export const koreanBreak: BreakJudge = (before, after) => {
  if (conjunction.test(after)) return breakQuality.clause;
  if (/\d$/.test(before) && counter.test(after)) return breakQuality.bad;
  if (boundNoun.test(after) && isModifying(before)) return breakQuality.bad;
  if (boundNounAlone.test(before) && existence.test(after)) return breakQuality.bad;
  if (determiner.test(before)) return breakQuality.bad;
  if (compound[0].test(before) && compound[1].test(after)) return breakQuality.bad;
  for (const [verb, auxiliary] of auxiliaryAfter) {
    if (verb.test(before) && auxiliary.test(after)) return breakQuality.bad;
  }
  if (finalEnding.test(before)) return breakQuality.clause;
  if (connective.test(before)) return breakQuality.good;
  if (before.length > 1 && (before.endsWith("의") || modifier.test(before)))
    return breakQuality.poor;
  return particle.test(before) || closingAdverb.test(before)
    ? breakQuality.phrase
    : breakQuality.neutral;
};
