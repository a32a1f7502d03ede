import { currentCaller } from "@/lib/auth/caller";
import { json, route } from "@/lib/http/route";
import { sharedTrackParams } from "@/lib/sharing/schema";
import { sharedTrack } from "@/lib/sharing/shared";

export const GET = route({ auth: "none", params: sharedTrackParams }, async ({ params, locale }) =>
  json({ track: await sharedTrack({ ...params, locale, caller: await currentCaller() }) }),
);
