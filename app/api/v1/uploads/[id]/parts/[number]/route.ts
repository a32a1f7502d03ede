import { z } from "zod";
import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { uploadPartInput } from "@/lib/videos/schema";
import { recordPart } from "@/lib/videos/uploads";

const params = idParams.extend({ number: z.coerce.number().int().min(1).max(10_000) });

export const PUT = route(
  { auth: "studio", params, body: uploadPartInput },
  async ({ principal, params: { id, number }, body }) => {
    await recordPart({
      ownerId: principal.userId,
      uploadId: id,
      part: { partNumber: number, ...body },
    });
    return new Response(null, { status: 204 });
  },
);
