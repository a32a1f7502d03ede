/** Numerals of Korean and what is counted with them: 세 명, 3 개, 이십 분, 스물두 살. */

/** 한 to 아흔아홉 as they stand before a counter, and the vague ones. */
const nativeNumeral =
  /^(?:(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)?(?:한|두|세|석|서|네|넉|너|다섯|여섯|일곱|여덟|아홉)|열|스무|스물|서른|마흔|쉰|예순|일흔|여든|아흔|한두|두세|두서너|서너|너덧|네댓|네다섯|대여섯|예닐곱|일고여덟|여덟아홉|여러|몇|몇몇|수)$/;

/** 일, 이십, 삼백오십만, and digits: 3, 1,500, 2.5, 3만. */
const sinoNumeral =
  /^(?:약|제|총)?(?:[일이삼사오육칠팔구십백천만억조영공]+|[\d.,]+[십백천만억조]*)$/;

const counters =
  "개월|개|명|분|시간|시|초|번째|번|원|년|월|일|주일|주|달|살|세|층|회|권|대|장|마리|잔|그루|송이|자루|켤레|벌|채|척|편|곡|통|병|봉지|상자|쪽|페이지|줄|단계|가지|종류|군데|곳|박|인분|인|킬로|미터|센티|밀리|그램|톤|리터|퍼센트|프로|평|도|배|점|달러|유로|엔|위안|만|천|백|억|조|호선|호|번지|학년|교시|차례|차|부|판|끼|모금|방울|사람|식구|그릇|접시|조각|등|위|급|건|석|바퀴|걸음|마디|마일|걸|단어|글자|자리";

const counterWord = new RegExp(`^(?:${counters})`);
/** The counter with what may hang on it: particles, 째, 쯤, 짜리 ... */
const countedWord = new RegExp(
  `^[\\d.,]*(?:${counters})(?:째|쯤|씩|짜리|여)?(?:은|는|이|가|을|를|에|의|도|만|로|으로|와|과|까지|부터|마다)?$`,
);

/** Says more of an amount: 삼 년 전, 열 명 정도, 두 시간 동안, 백 개 이상. */
const ofAmount = /^(?:전|후|뒤|동안|만에|정도|쯤|가량|이상|이하|미만|이내|남짓|내내|사이)/;

export function isNumeral(word: string): boolean {
  return nativeNumeral.test(word) || sinoNumeral.test(word);
}

/** Whether a counter stands with its numeral: nothing may come between. */
export function isCounted(before: string, after: string): boolean {
  return isNumeral(before) && counterWord.test(after);
}

/** Whether `after` says more of the amount that ends with `before`: 년 | 전, 10분 | 정도. */
export function isAmount(before: string, after: string): boolean {
  return ofAmount.test(after) && countedWord.test(before);
}

/** Whether an amount goes on: 한 시간 | 삼십 분, 만 | 오천 원; or counts the noun before: 차 | 두 잔. */
export function leadsToNumeral(before: string, after: string): boolean {
  if (countedWord.test(before) && isNumeral(after)) return true;
  return (
    nativeNumeral.test(after) &&
    !/(?:은|는|이|가|을|를|에|서|로|와|과|도|의|고|며|면|까지|부터)$/.test(before)
  );
}
