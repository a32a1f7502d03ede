import { currentCaller } from "@/lib/auth/caller";
import { json, route } from "@/lib/http/route";
import { shareParams } from "@/lib/sharing/schema";
import { sharedVideo } from "@/lib/sharing/shared";

export const GET = route({ auth: "none", params: shareParams }, async ({ params }) =>
  json({ video: await sharedVideo({ ...params, caller: await currentCaller() }) }),
);
