import { readBytes } from "@/lib/http/bytes-body";
import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { maxTranscriptBytes } from "@/lib/transcripts/limits";
import { importTranscriptQuery } from "@/lib/transcripts/schema";
import { importTranscript } from "@/lib/transcripts/service";

export const POST = route(
  {
    auth: "studio",
    params: idParams,
    query: importTranscriptQuery,
    rate: { limit: 120, windowMs: 3_600_000 },
  },
  async ({ request, principal, params, query, locale }) => {
    const bytes = await readBytes(request, maxTranscriptBytes);
    const own = { ownerId: principal.userId, videoId: params.id };
    const transcript = await importTranscript({ ...own, ...query, bytes, locale });
    return json({ transcript }, 201);
  },
);
