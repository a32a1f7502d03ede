/** Credits given once to a new account, in whole credits: six minutes of video. */
export const signUpCredits = 60;
/** Credits given to a visitor for trying: three minutes of video. */
export const trialCredits = 30;

const dayMs = 24 * 3_600_000;
/** How long credits are good for, in ms, by where they came from. */
export const lotLifeMs = {
  /** Above the year that gift-voucher rules ask for, and the five of commercial claims. */
  topup: 5 * 365 * dayMs,
  bonus: 365 * dayMs,
  promo: 90 * dayMs,
  goodwill: 365 * dayMs,
  signup: 90 * dayMs,
  trial: 14 * dayMs,
} as const;

export type LotSource = keyof typeof lotLifeMs;
