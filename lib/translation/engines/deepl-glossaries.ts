import { createHash } from "node:crypto";
import { type DeepLClient, DeepLError, GlossaryEntries } from "deepl-node";
import { AppError } from "@/lib/errors";
import { glossaryPair } from "../deepl-languages";
import type { TermPair } from "../types";

/** Names of ours in the account: told apart from the operator's own, which are never touched. */
const prefix = "ax2-caption ";
/** A list that was made longer ago and isn't in use is deleted when another is made. */
const lifeMs = 2 * 24 * 3_600_000;
/** After DeepL refused to make one, it isn't asked for a while. */
const pauseMs = 10 * 60_000;
/** Far below DeepL's 10 MB a glossary. */
const maxTerms = 2_000;

/** One line, without what ends an entry in DeepL's lists. */
function entryText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

/**
 * Lists of terms as DeepL's glossaries, one for each distinct list and pair of languages. They are
 * named by their content, so restarts and other processes find them again. Where DeepL takes none
 * (other languages, the account's limit), the translation goes on without: what the list asks for
 * is checked afterwards in any case.
 */
export function createGlossaries(client: DeepLClient) {
  const ids = new Map<string, Promise<string | undefined>>();
  let pausedUntilMs = 0;

  async function find(name: string, pair: [string, string], terms: Record<string, string>) {
    if (Date.now() < pausedUntilMs) return undefined;
    try {
      const known = await client.listMultilingualGlossaries();
      const found = known.find((glossary) => glossary.name === name);
      if (found) return found.glossaryId;
      await Promise.all(
        known
          .filter((glossary) => glossary.name.startsWith(prefix))
          .filter(({ creationTime }) => creationTime.getTime() < Date.now() - lifeMs)
          .map((glossary) =>
            client.deleteMultilingualGlossary(glossary.glossaryId).catch(() => undefined),
          ),
      );
      const made = await client.createMultilingualGlossary(name, [
        {
          sourceLangCode: pair[0],
          targetLangCode: pair[1],
          entries: new GlossaryEntries({ entries: terms }),
        },
      ]);
      return made.glossaryId;
    } catch {
      pausedUntilMs = Date.now() + pauseMs;
      return undefined;
    }
  }

  return {
    /** What to add to a translation's options. */
    async option(
      source: string,
      target: string,
      terms: readonly TermPair[],
    ): Promise<{ glossary?: string }> {
      const pair = glossaryPair(source, target);
      const entries = glossaryEntries(terms);
      if (!pair || Object.keys(entries).length === 0) return {};
      const hash = createHash("sha256")
        .update(JSON.stringify([pair, entries]))
        .digest("hex");
      const name = prefix + hash.slice(0, 32);
      let id = ids.get(name);
      if (!id) {
        id = find(name, pair, entries);
        ids.set(name, id);
      }
      const glossary = await id;
      if (glossary === undefined) ids.delete(name);
      return glossary === undefined ? {} : { glossary };
    },

    /**
     * A refusal that is about the list is worth another try: with one made anew where somebody
     * deleted it, without any where DeepL doesn't take it.
     */
    forgiving(asAppError: (error: unknown) => AppError): (error: unknown) => AppError {
      return (error) => {
        const failure = asAppError(error);
        if (ids.size === 0 || !/glossar/i.test(failure.detail ?? "")) return failure;
        ids.clear();
        if (!(error instanceof DeepLError && error.message.startsWith("Not found"))) {
          pausedUntilMs = Date.now() + pauseMs;
        }
        return new AppError("translation_failed", {
          detail: "deepl: glossary refused",
          cause: error,
        });
      };
    },
  };
}

/** What DeepL takes: no empty side, each source once. */
function glossaryEntries(terms: readonly TermPair[]): Record<string, string> {
  const entries = new Map<string, string>();
  for (const term of terms.slice(0, maxTerms)) {
    const source = entryText(term.source);
    const target = entryText(term.target);
    if (source !== "" && target !== "" && !entries.has(source)) entries.set(source, target);
  }
  return Object.fromEntries(entries);
}
