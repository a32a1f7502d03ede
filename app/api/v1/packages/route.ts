import { json, route } from "@/lib/http/route";
import { listPackages } from "@/lib/topups/packages";
import { packagesQuery } from "@/lib/topups/schema";

/** Counted, because a code that is asked about is a code that can be guessed. */
export const GET = route(
  { auth: "session", query: packagesQuery, rate: { limit: 120, windowMs: 600_000 } },
  async ({ principal: { userId }, query }) => json(await listPackages({ ...query, userId })),
);
