import { fileDownload } from "@/lib/http/download";
import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { archiveQuery, archiveRate } from "@/lib/tracks/export-schema";
import { exportArchive } from "@/lib/tracks/exporting";

export const GET = route(
  { auth: "studio", params: idParams, query: archiveQuery, rate: archiveRate },
  async ({ principal, params, query, locale }) => {
    const of = { userId: principal.userId, videoId: params.id };
    return fileDownload(await exportArchive({ ...of, query, locale }));
  },
);
