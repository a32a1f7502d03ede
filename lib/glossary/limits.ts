/** Most terms of one person; a prompt and a translation can't use more. */
export const maxTerms = 2_000;
/** Longest term, in UTF-16 units. */
export const maxTermLength = 100;
/** Most ways in which one term is misheard. */
export const maxMisheard = 20;
/** Most languages for which one term says how it is translated. */
export const maxTermTranslations = 50;
/** Most terms of one request that brings a list: such a body stays below what a request may have. */
export const maxImported = 500;
