import { glossaryImport, glossaryTermInput } from "@/lib/glossary/schema";
import { addTerm, importTerms, listTerms } from "@/lib/glossary/service";
import { json, route } from "@/lib/http/route";

export const GET = route({ auth: "studio" }, async ({ principal }) =>
  json({ terms: await listTerms(principal.userId) }),
);

export const POST = route(
  { auth: "studio", body: glossaryTermInput, rate: { limit: 3_000, windowMs: 3_600_000 } },
  async ({ principal, body }) =>
    json({ term: await addTerm({ ownerId: principal.userId, term: body }) }, 201),
);

export const PUT = route(
  { auth: "studio", body: glossaryImport, rate: { limit: 120, windowMs: 3_600_000 } },
  async ({ principal, body }) =>
    json({ imported: await importTerms({ ownerId: principal.userId, terms: body.terms }) }),
);
