import "server-only";
import { db, type Tx } from "@/lib/db";
import type { GlossaryTermInput, GlossaryTermView } from "./schema";

interface TermRow {
  id: string;
  term: string;
  language: string | null;
  misheard: unknown;
  translations: unknown;
  updatedAt: Date;
}

function view(row: TermRow): GlossaryTermView {
  return {
    id: row.id,
    term: row.term,
    language: row.language,
    misheard: row.misheard as string[],
    translations: row.translations as Record<string, string>,
    updatedAt: row.updatedAt.toISOString(),
  };
}

const selected = {
  id: true,
  term: true,
  language: true,
  misheard: true,
  translations: true,
  updatedAt: true,
} as const;

/** One change of a person's glossary at a time: so no term is there twice, and none too many. */
export async function lockGlossary(tx: Tx, ownerId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${ownerId}, 7341))::text`;
}

/** In the order of their letters. */
export async function readTerms(ownerId: string, tx: Tx = db()): Promise<GlossaryTermView[]> {
  const rows = await tx.glossaryTerm.findMany({
    where: { ownerId },
    orderBy: [{ term: "asc" }, { id: "asc" }],
    select: selected,
  });
  return rows.map(view);
}

export function countTerms(tx: Tx, ownerId: string): Promise<number> {
  return tx.glossaryTerm.count({ where: { ownerId } });
}

/** The term of this owner, or undefined. */
export async function findTerm(
  tx: Tx,
  ownerId: string,
  id: string,
): Promise<GlossaryTermView | undefined> {
  const row = await tx.glossaryTerm.findFirst({ where: { id, ownerId }, select: selected });
  return row ? view(row) : undefined;
}

/** The term that is written so and said in that language, or undefined. */
export async function findSameTerm(
  tx: Tx,
  ownerId: string,
  { term, language }: Pick<GlossaryTermInput, "term" | "language">,
): Promise<GlossaryTermView | undefined> {
  const where = { ownerId, term, language };
  const row = await tx.glossaryTerm.findFirst({ where, select: selected });
  return row ? view(row) : undefined;
}

export async function insertTerms(
  tx: Tx,
  ownerId: string,
  terms: readonly (GlossaryTermInput & { id: string })[],
  at: Date,
): Promise<void> {
  const data = terms.map((term) => ({ ...term, ownerId, createdAt: at, updatedAt: at }));
  await tx.glossaryTerm.createMany({ data });
}

export async function updateTerm(
  tx: Tx,
  { id, ...term }: GlossaryTermInput & { id: string },
  at: Date,
): Promise<void> {
  const { misheard, translations, ...rest } = term;
  const data = { ...rest, misheard, translations, updatedAt: at };
  await tx.glossaryTerm.update({ where: { id }, data });
}

/** True when there was one. */
export async function deleteTerm(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const { count } = await tx.glossaryTerm.deleteMany({ where: { id, ownerId } });
  return count === 1;
}
