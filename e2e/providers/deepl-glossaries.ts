import { randomUUID } from "node:crypto";

interface StandInGlossary {
  id: string;
  name: string;
  createdAt: string;
  source: string;
  target: string;
  terms: [string, string][];
}

const glossaryLanguages =
  "ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv tr uk vi zh".split(
    " ",
  );

/** DeepL's v3 glossaries with one dictionary each, in memory. */
export class GlossaryShelf {
  readonly #all = new Map<string, StandInGlossary>();
  /** From here on the account takes no more. */
  limit = 1_000;

  get(id: string): StandInGlossary | undefined {
    return this.#all.get(id);
  }

  list(): readonly StandInGlossary[] {
    return [...this.#all.values()];
  }

  delete(id: string): boolean {
    return this.#all.delete(id);
  }

  /** Made as if at that time; for tests of what is cleared away. */
  date(id: string, createdAt: string): void {
    const glossary = this.#all.get(id);
    if (glossary) glossary.createdAt = createdAt;
  }

  /** The new one, or why it is refused. */
  create(form: URLSearchParams): StandInGlossary | { status: number; message: string } {
    const field = (name: string) => form.get(`dictionaries[0].${name}`) ?? "";
    const source = field("source_lang").toLowerCase();
    const target = field("target_lang").toLowerCase();
    if (!form.get("name")) return { status: 400, message: "Missing or invalid argument: name" };
    if (!glossaryLanguages.includes(source) || !glossaryLanguages.includes(target)) {
      return { status: 400, message: "Unsupported glossary source and target language pair" };
    }
    if (field("entries_format") !== "tsv") {
      return { status: 400, message: "Value for entries_format not supported." };
    }
    if (this.#all.size >= this.limit) return { status: 400, message: "Glossary limit reached" };
    const terms = field("entries")
      .split("\n")
      .map((line) => line.split("\t") as [string, string]);
    const sources = new Set(terms.map(([term]) => term));
    if (
      terms.some((term) => term.length !== 2 || !term[0] || !term[1]) ||
      sources.size < terms.length
    ) {
      return { status: 400, message: "Invalid glossary entries provided" };
    }
    const id = randomUUID();
    const glossary = {
      id,
      name: form.get("name") ?? "",
      createdAt: new Date().toISOString(),
      source,
      target,
      terms,
    };
    this.#all.set(id, glossary);
    return glossary;
  }
}

/** As DeepL describes one. */
export function glossaryInfo(glossary: StandInGlossary) {
  return {
    glossary_id: glossary.id,
    name: glossary.name,
    dictionaries: [
      {
        source_lang: glossary.source,
        target_lang: glossary.target,
        entry_count: glossary.terms.length,
      },
    ],
    creation_time: glossary.createdAt,
  };
}
