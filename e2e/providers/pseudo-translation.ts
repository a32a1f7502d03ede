/**
 * A translation that nobody would take for one, for tests only: every word becomes a made-up word
 * in the target's script, the same one each time, while numbers, addresses, placeholders and
 * punctuation stay. So a test can work out what must come back, and checks of script, numbers and
 * length see what they would of a real one.
 */

const inventories: Record<string, readonly string[]> = {
  ko: [..."가나다라마바사아자카타파하고노도로모보소오조"],
  ja: [..."あいうえおかきくけこさしすせそたちつてと"],
  zh: [..."山水日月木火土金人大小天地中心手口目耳力"],
  ru: ["ба", "ве", "ги", "до", "жу", "за", "ки", "лу", "мо", "не"],
  uk: ["ба", "ве", "гі", "до", "жу", "за", "кі", "лу", "мо", "не"],
  ar: ["با", "تي", "نو", "را", "سي", "لو", "ما", "كي"],
  th: ["กา", "มี", "นา", "ดี", "รู", "สา", "ตา", "ลี"],
  latin: ["ta", "ri", "mo", "ne", "lu", "sa", "ko", "vi", "pe", "do", "ga", "bu"],
};

/** Syllables that a Latin word of some letters has. */
const lettersPerSyllable = 2;

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (const unit of text) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash;
}

const wide = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function pseudoWord(word: string, target: string): string {
  const syllables = inventories[target.split("-", 1)[0] ?? ""] ?? (inventories.latin as string[]);
  const letters = Array.from(word);
  const count = wide.test(word)
    ? Math.max(1, letters.length)
    : Math.max(1, Math.round(letters.length / lettersPerSyllable));
  let hash = hashOf(`${target} ${word.toLowerCase()}`);
  let made = "";
  for (let i = 0; i < count; i++) {
    made += syllables[hash % syllables.length];
    hash = (Math.imul(hash, 1_103_515_245) + 12_345) >>> 0;
  }
  return made;
}

/** Addresses, e-mail, placeholders: kept. Digits with their separators: kept. Words: replaced. */
const pieces =
  /(https?:\/\/\S+|[\w.+-]+@[\w-]+\.[\w.]+|\{[^{}\s]*\}|%[sd]|\d[\d.,:]*)|((?:[\p{L}\p{M}'’]|\u200c|\u200d)+)/gu;

export interface PseudoOptions {
  /** Sentences whose translation is known: source to translation. */
  dictionary?: Readonly<Record<string, string>>;
  /** Of a glossary: source to target, as given. */
  terms?: readonly (readonly [string, string])[];
}

/** What the stand-ins answer for a text without tags. */
export function pseudoTranslation(
  text: string,
  target: string,
  options: PseudoOptions = {},
): string {
  const known = options.dictionary?.[text.trim()];
  if (known !== undefined) return text.replace(text.trim(), () => known);
  for (const [source, rendering] of options.terms ?? []) {
    const at = source === "" ? -1 : text.toLowerCase().indexOf(source.toLowerCase());
    if (at === -1) continue;
    const before = pseudoTranslation(text.slice(0, at), target, options);
    return `${before}${rendering}${pseudoTranslation(text.slice(at + source.length), target, options)}`;
  }
  const translated = text.replace(pieces, (whole, kept: string | undefined) =>
    kept === undefined ? pseudoWord(whole, target) : whole,
  );
  // Scripts without spaces are written without them.
  return /^(ja|zh|th)/.test(target)
    ? translated.replace(/(?<=[\p{L}]) (?=[\p{L}])/gu, "")
    : translated;
}
