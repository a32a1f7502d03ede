import { json, route } from "@/lib/http/route";
import { speakerParams, updateSpeakerInput } from "@/lib/speakers/schema";
import { changeSpeaker } from "@/lib/speakers/service";

export const PATCH = route(
  { auth: "studio", params: speakerParams, body: updateSpeakerInput },
  async ({ principal, params, body }) => {
    const of = { userId: principal.userId, videoId: params.id, key: params.key };
    return json({ speakers: await changeSpeaker({ ...of, change: body }) });
  },
);
