import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { archiveQuery, archiveRate, checkOf } from "@/lib/tracks/export-schema";
import { exportArchive } from "@/lib/tracks/exporting";

export const GET = route(
  { auth: "studio", params: idParams, query: archiveQuery, rate: archiveRate },
  async ({ principal, params, query, locale }) => {
    const of = { userId: principal.userId, videoId: params.id };
    const { files, fileName, bytes, sha256 } = await exportArchive({ ...of, query, locale });
    const check = { fileName, bytes: bytes.byteLength, sha256, files: files.map(checkOf) };
    return json({ check });
  },
);
