"use client";

import useSWR, { mutate } from "swr";
import { maxImported } from "@/lib/glossary/limits";
import type {
  GlossaryImported,
  GlossaryTermChange,
  GlossaryTermInput,
  GlossaryTermView,
} from "@/lib/glossary/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const root = "/api/v1/glossary";
const at = (id: string) => `${root}/${encodeURIComponent(id)}`;

interface TermsAnswer {
  terms: GlossaryTermView[];
}

/** The person's names and terms. */
export function useGlossary() {
  const { data, error, mutate: reload } = useSWR<TermsAnswer, ApiError>(root, swrOptions);
  return { terms: data?.terms, error, reload: () => void reload() };
}

const keep = (change: (terms: GlossaryTermView[]) => GlossaryTermView[]) =>
  mutate<TermsAnswer>(root, (answer) => answer && { terms: change(answer.terms) }, {
    revalidate: false,
  });

export async function addTerm(term: GlossaryTermInput): Promise<GlossaryTermView> {
  const { term: made } = await api<{ term: GlossaryTermView }>(root, { body: term });
  await keep((terms) => [...terms, made]);
  return made;
}

export async function changeTerm(id: string, change: GlossaryTermChange): Promise<void> {
  const { term } = await api<{ term: GlossaryTermView }>(at(id), {
    method: "PATCH",
    body: change,
  });
  await keep((terms) => terms.map((each) => (each.id === id ? term : each)));
}

export async function removeTerm(id: string): Promise<void> {
  await api(at(id), { method: "DELETE" });
  await keep((terms) => terms.filter((each) => each.id !== id));
}

/**
 * Puts a list into the glossary, in as many requests as it takes. One that breaks off can be sent
 * again whole: what arrived is then unchanged.
 */
export async function importTerms(terms: readonly GlossaryTermInput[]): Promise<GlossaryImported> {
  const sum: GlossaryImported = { added: 0, changed: 0, unchanged: 0 };
  try {
    for (const part of parts(terms)) {
      const { imported } = await api<{ imported: GlossaryImported }>(root, {
        method: "PUT",
        body: { terms: part },
      });
      for (const name of ["added", "changed", "unchanged"] as const) sum[name] += imported[name];
    }
    return sum;
  } finally {
    await mutate(root);
  }
}

/** Bytes of a request's body, well below what the server reads. */
const maxPartBytes = 700 * 1024;

function parts(terms: readonly GlossaryTermInput[]): GlossaryTermInput[][] {
  const made: GlossaryTermInput[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const term of terms) {
    const size = new TextEncoder().encode(JSON.stringify(term)).length + 1;
    const last = made.at(-1);
    if (!last || last.length === maxImported || bytes + size > maxPartBytes) {
      made.push([term]);
      bytes = size;
    } else {
      last.push(term);
      bytes += size;
    }
  }
  return made;
}
