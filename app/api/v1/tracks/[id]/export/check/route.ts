import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { checkOf, exportQuery, exportRate } from "@/lib/tracks/export-schema";
import { exportTrack } from "@/lib/tracks/exporting";

export const GET = route(
  { auth: "studio", params: idParams, query: exportQuery, rate: exportRate },
  async ({ principal, params, query, locale }) => {
    const file = await exportTrack({ userId: principal.userId, trackId: params.id, query, locale });
    return json({ check: checkOf(file) });
  },
);
