/** Languages of the stand-in: some of DeepL's, enough for tests, with the real gaps of formality. */
export const standInLanguages: readonly { code: string; name: string; formality: boolean }[] = [
  { code: "AR", name: "Arabic", formality: false },
  { code: "DE", name: "German", formality: true },
  { code: "EN-GB", name: "English (British)", formality: false },
  { code: "EN-US", name: "English (American)", formality: false },
  { code: "ES", name: "Spanish", formality: true },
  { code: "ES-419", name: "Spanish (Latin American)", formality: true },
  { code: "FR", name: "French", formality: true },
  { code: "ID", name: "Indonesian", formality: false },
  { code: "IT", name: "Italian", formality: true },
  { code: "JA", name: "Japanese", formality: true },
  { code: "KO", name: "Korean", formality: false },
  { code: "NB", name: "Norwegian (bokmål)", formality: false },
  { code: "PT-BR", name: "Portuguese (Brazilian)", formality: true },
  { code: "PT-PT", name: "Portuguese (European)", formality: true },
  { code: "RU", name: "Russian", formality: true },
  { code: "TH", name: "Thai", formality: false },
  { code: "UK", name: "Ukrainian", formality: false },
  { code: "VI", name: "Vietnamese", formality: false },
  { code: "ZH-HANS", name: "Chinese (simplified)", formality: false },
  { code: "ZH-HANT", name: "Chinese (traditional)", formality: false },
];

export const standInSources: readonly string[] = [
  ...new Set(standInLanguages.map(({ code }) => code.split("-", 1)[0] as string)),
];
