import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { getVideo } from "@/lib/videos/overview";
import { completeUpload } from "@/lib/videos/uploads";

export const POST = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  const ownerId = principal.userId;
  const { videoId } = await completeUpload({ ownerId, uploadId: params.id });
  const video = await getVideo({ ownerId, videoId });
  return json({ video, job: video.job });
});
