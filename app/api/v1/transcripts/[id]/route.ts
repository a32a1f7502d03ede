import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { getTranscript } from "@/lib/transcripts/service";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  const own = { ownerId: principal.userId, transcriptId: params.id };
  return json({ transcript: await getTranscript(own) });
});
