import { download } from "@/lib/http/download";
import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { exportQuery } from "@/lib/tracks/schema";
import { exportTrack } from "@/lib/tracks/service";

export const GET = route(
  { auth: "studio", params: idParams, query: exportQuery },
  async ({ principal, params, query, locale }) => {
    const of = { ownerId: principal.userId, trackId: params.id };
    const file = await exportTrack({ ...of, query, locale });
    return download(file.mimeType, file.fileName, file.text);
  },
);
