import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { JobOptions } from "@/lib/jobs/options";
import { type Tx, transaction } from "@/lib/transaction";
import type { TermPair } from "@/lib/translation/types";
import { type JobTerms, jobTerms } from "./job-terms";
import { maxTerms } from "./limits";
import {
  countTerms,
  deleteTerm,
  findSameTerm,
  findTerm,
  insertTerms,
  lockGlossary,
  readTerms,
  updateTerm,
} from "./repo";
import {
  type GlossaryImported,
  type GlossaryTermChange,
  type GlossaryTermInput,
  type GlossaryTermView,
  sameTerm,
  termKey,
} from "./schema";

/** A person's names and terms, in the order of their letters. */
export function listTerms(ownerId: string): Promise<GlossaryTermView[]> {
  return readTerms(ownerId);
}

/** @throws {AppError} `limit_reached`, `name_taken` when the term is there in that language */
export async function addTerm(options: {
  ownerId: string;
  term: GlossaryTermInput;
  nowMs?: number;
}): Promise<GlossaryTermView> {
  const { ownerId, term, nowMs = Date.now() } = options;
  return transaction(async (tx) => {
    await lockGlossary(tx, ownerId);
    await assertRoom(tx, ownerId, 1);
    if (await findSameTerm(tx, ownerId, term)) throw new AppError("name_taken");
    const id = newId(nowMs);
    await insertTerms(tx, ownerId, [{ id, ...term }], new Date(nowMs));
    return { id, ...term, updatedAt: new Date(nowMs).toISOString() };
  });
}

/** @throws {AppError} `not_found`, `name_taken` */
export async function changeTerm(options: {
  ownerId: string;
  termId: string;
  change: GlossaryTermChange;
  nowMs?: number;
}): Promise<GlossaryTermView> {
  const { ownerId, termId, change, nowMs = Date.now() } = options;
  return transaction(async (tx) => {
    await lockGlossary(tx, ownerId);
    const before = await findTerm(tx, ownerId, termId);
    if (!before) throw new AppError("not_found");
    const after: GlossaryTermInput = {
      term: change.term ?? before.term,
      language: change.language === undefined ? before.language : change.language,
      misheard: change.misheard ?? before.misheard,
      translations: change.translations ?? before.translations,
    };
    const same = await findSameTerm(tx, ownerId, after);
    if (same && same.id !== termId) throw new AppError("name_taken");
    await updateTerm(tx, { id: termId, ...after }, new Date(nowMs));
    return { id: termId, ...after, updatedAt: new Date(nowMs).toISOString() };
  });
}

/** @throws {AppError} `not_found` */
export async function removeTerm(options: { ownerId: string; termId: string }): Promise<void> {
  await transaction(async (tx) => {
    if (!(await deleteTerm(tx, options.ownerId, options.termId))) throw new AppError("not_found");
  });
}

/**
 * Puts a list into the glossary: what isn't there is added, what is there is made as the list says.
 * All of it or nothing; the same list again changes nothing.
 * @throws {AppError} `limit_reached`
 */
export async function importTerms(options: {
  ownerId: string;
  terms: readonly GlossaryTermInput[];
  nowMs?: number;
}): Promise<GlossaryImported> {
  const { ownerId, nowMs = Date.now() } = options;
  // Of two lines for one term the last one holds.
  const wanted = new Map(options.terms.map((term) => [termKey(term), term]));
  return transaction(async (tx) => {
    await lockGlossary(tx, ownerId);
    const there = new Map((await readTerms(ownerId, tx)).map((term) => [termKey(term), term]));
    const added = [...wanted].filter(([key]) => !there.has(key)).map(([, term]) => term);
    const changed = [...wanted].flatMap(([key, term]) => {
      const before = there.get(key);
      return before && !sameTerm(before, term) ? [{ id: before.id, ...term }] : [];
    });
    await assertRoom(tx, ownerId, added.length);
    const at = new Date(nowMs);
    await insertTerms(
      tx,
      ownerId,
      added.map((term) => ({ id: newId(nowMs), ...term })),
      at,
    );
    for (const term of changed) await updateTerm(tx, term, at);
    return {
      added: added.length,
      changed: changed.length,
      unchanged: wanted.size - added.length - changed.length,
    };
  });
}

/**
 * What a job takes from its owner's glossary and from its own list, as they are now.
 * `pairsFor` is `pairs` as a function, and knows no other targets than the job's.
 */
export async function termsForJob(
  ownerId: string,
  options: Pick<JobOptions, "glossary" | "hints" | "corrections" | "targets">,
  language = "auto",
  tx?: Tx,
): Promise<JobTerms & { pairsFor: (target: string) => TermPair[] }> {
  const glossary = options.glossary ? await readTerms(ownerId, tx) : [];
  const terms = jobTerms({ ...options, glossary, language });
  return { ...terms, pairsFor: (target) => terms.pairs[target] ?? [] };
}

async function assertRoom(tx: Tx, ownerId: string, more: number): Promise<void> {
  if (more === 0) return;
  const left = maxTerms - (await countTerms(tx, ownerId));
  if (more > left) throw new AppError("limit_reached", { data: { left: Math.max(0, left) } });
}
