import { route } from "@/lib/http/route";
import { nameVersionInput, versionParams } from "@/lib/tracks/schema";
import { renameVersion } from "@/lib/tracks/versions";

const rate = { limit: 300, windowMs: 3_600_000 };

export const PATCH = route(
  { auth: "studio", params: versionParams, body: nameVersionInput, rate },
  async ({ principal, params: { id, number }, body }) => {
    const which = { userId: principal.userId, trackId: id, number };
    await renameVersion({ ...which, name: body.name });
    return new Response(null, { status: 204 });
  },
);

/** The name goes; what was kept stays. */
export const DELETE = route(
  { auth: "studio", params: versionParams, rate },
  async ({ principal, params: { id, number } }) => {
    await renameVersion({ userId: principal.userId, trackId: id, number, name: null });
    return new Response(null, { status: 204 });
  },
);
