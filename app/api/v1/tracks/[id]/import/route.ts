import { readBytes } from "@/lib/http/bytes-body";
import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { maxSubtitleFileBytes } from "@/lib/subtitles/formats";
import { importRate, replaceQuery } from "@/lib/tracks/import-schema";
import { previewReplacement, replaceFromFile } from "@/lib/tracks/importing";

export const POST = route(
  { auth: "studio", params: idParams, query: replaceQuery, rate: importRate },
  async ({ request, principal, params, query, locale }) => {
    const bytes = await readBytes(request, maxSubtitleFileBytes);
    const file = { userId: principal.userId, trackId: params.id, bytes, query, locale };
    if (query.preview === "1") return json({ preview: await previewReplacement(file) });
    return json({ imported: await replaceFromFile(file) });
  },
);
