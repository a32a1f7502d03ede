import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { addSpeakerInput } from "@/lib/speakers/schema";
import { addSpeaker, listSpeakers } from "@/lib/speakers/service";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ speakers: await listSpeakers({ userId: principal.userId, videoId: params.id }) }),
);

export const POST = route(
  { auth: "studio", params: idParams, body: addSpeakerInput },
  async ({ principal, params, body }) => {
    const of = { userId: principal.userId, videoId: params.id };
    return json({ speaker: await addSpeaker({ ...of, ...body }) }, 201);
  },
);
