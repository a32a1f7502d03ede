/**
 * What the words on both sides of a gap say about breaking there. Data only: one entry per
 * language that has more to say than its punctuation.
 */
export interface BreakWords {
  /** A line may end well before one of these: they begin a clause. */
  clauseStarters: ReadonlySet<string>;
  /** ... or a phrase. */
  phraseStarters: ReadonlySet<string>;
  /** A line must not end with one of these: they lean on the next word. */
  leaning: ReadonlySet<string>;
  /** Ends with a full stop without ending a sentence. */
  abbreviations: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const none: ReadonlySet<string> = new Set();

const commonAbbreviations =
  "mr. mrs. ms. dr. prof. st. vs. etc. no. e.g. i.e. fig. inc. ltd. jr. sr.";

export const breakWords: Record<string, BreakWords> = {
  en: {
    clauseStarters: words(
      "and but or because that which who whom whose when where while if though although so than unless until since whereas whether however",
    ),
    phraseStarters: words(
      "in on at for with from by about to into over under after before between through during without within across against toward towards as like",
    ),
    leaning: words(
      "a an the this that these those my your his her its our their some any no every each all both of to in on at for with from by about into and but or nor if as than because is are was were be been being am will would can could should may might must shall have has had do does did not very so too more most really just i you we they he she it who which let's i'm you're we're they're he's she's it's i'll you'll we'll i've you've we've don't doesn't didn't can't won't isn't aren't wasn't one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion",
    ),
    abbreviations: words(commonAbbreviations),
  },
  es: {
    clauseStarters: words("y e o u pero porque que cuando donde si aunque mientras sino como"),
    phraseStarters: words("en con por para de desde hasta sobre entre sin a según"),
    leaning: words(
      "el la los las lo un una unos unas de del a al en con por para sin que y e o u mi tu su mis tus sus me te se nos le les no muy más es son era fue ha han he hay está están este esta ese esa",
    ),
    abbreviations: words("sr. sra. srta. dr. dra. ud. uds. etc. p.ej. núm."),
  },
  fr: {
    clauseStarters: words("et ou mais car donc que qui quand lorsque parce si comme où dont"),
    phraseStarters: words("dans sur sous avec pour par de à chez vers entre sans depuis pendant"),
    leaning: words(
      "le la les un une des de du d' l' à au aux en dans sur avec pour par sans que qui et ou mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces je tu il elle on nous vous ils elles ne se me te très plus est sont a ont c'est",
    ),
    abbreviations: words("m. mme. dr. etc. p. ex. st. ste."),
  },
  de: {
    clauseStarters: words("und oder aber denn weil dass wenn als ob obwohl während damit sondern"),
    phraseStarters: words(
      "in im an am auf mit von vom zu zum zur für bei nach über unter aus durch",
    ),
    leaning: words(
      "der die das den dem des ein eine einen einem einer eines und oder in im an am auf mit von vom zu zum zur für bei nach mein meine dein deine sein seine ihr ihre unser unsere kein keine nicht sehr ich du er sie es wir man ist sind war hat haben wird",
    ),
    abbreviations: words("dr. prof. z.b. bzw. usw. ca. nr. hr. fr. d.h. st."),
  },
  it: {
    clauseStarters: words("e o ma perché che quando dove se mentre come però quindi"),
    phraseStarters: words("in con per di da su tra fra a senza verso dopo prima"),
    leaning: words(
      "il lo la i gli le un uno una di del della dei delle a al alla ai alle da dal dalla in nel nella con su sul per che e o mio mia tuo tua suo sua non si mi ti ci vi molto più è sono ha hanno",
    ),
    abbreviations: words("sig. dott. prof. ecc. es."),
  },
  pt: {
    clauseStarters: words("e ou mas porque que quando onde se embora enquanto como"),
    phraseStarters: words("em com por para de desde até sobre entre sem a"),
    leaning: words(
      "o a os as um uma uns umas de do da dos das em no na nos nas com por para ao à que e ou meu minha seu sua não se me te muito mais é são foi tem têm está",
    ),
    abbreviations: words("sr. sra. dr. dra. etc. prof."),
  },
};

export const plainBreakWords: BreakWords = {
  clauseStarters: none,
  phraseStarters: none,
  leaning: none,
  abbreviations: words(commonAbbreviations),
};
