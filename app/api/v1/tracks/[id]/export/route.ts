import { contentDisposition } from "@/lib/http/content-disposition";
import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { exportQuery } from "@/lib/tracks/schema";
import { exportTrack } from "@/lib/tracks/service";

export const GET = route(
  { auth: "studio", params: idParams, query: exportQuery },
  async ({ principal, params, query, locale }) => {
    const of = { ownerId: principal.userId, trackId: params.id };
    const file = await exportTrack({ ...of, query, locale });
    return new Response(file.text, {
      headers: {
        "content-type": `${file.mimeType}; charset=utf-8`,
        "content-disposition": contentDisposition("attachment", file.fileName),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  },
);
