import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { attachUploadInput } from "@/lib/videos/schema";
import { attachUpload, cancelUpload, getUpload } from "@/lib/videos/uploads";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ upload: await getUpload({ ownerId: principal.userId, uploadId: params.id }) }),
);

export const PATCH = route(
  { auth: "studio", params: idParams, body: attachUploadInput },
  async ({ principal, params, body }) => {
    const upload = await attachUpload({
      ownerId: principal.userId,
      uploadId: params.id,
      ...body,
    });
    return json({ upload });
  },
);

export const DELETE = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  await cancelUpload({ ownerId: principal.userId, uploadId: params.id });
  return new Response(null, { status: 204 });
});
