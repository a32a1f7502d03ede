import { currentCaller } from "@/lib/auth/caller";
import { route } from "@/lib/http/route";
import { shareParams } from "@/lib/sharing/schema";
import { sharedFile } from "@/lib/sharing/shared";

const answer = route({ auth: "none", params: shareParams }, async ({ request, params }) =>
  sharedFile({ ...params, request, caller: await currentCaller(), file: "thumbnail" }),
);

export const GET = answer;
export const HEAD = answer;
