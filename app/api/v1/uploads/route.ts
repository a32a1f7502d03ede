import { json, route } from "@/lib/http/route";
import { withUploadForm } from "@/lib/videos/upload-form";
import { createUpload } from "@/lib/videos/uploads";

export const POST = route(
  { auth: "studio", rate: { limit: 300, windowMs: 3_600_000 } },
  async ({ request, principal }) => {
    const { upload, created } = await withUploadForm(request, (form) =>
      createUpload({ ownerId: principal.userId, visitor: principal.visitor, ...form }),
    );
    return json({ upload }, created ? 201 : 200);
  },
);
