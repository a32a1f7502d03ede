import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { changeNoteInput } from "@/lib/notes/schema";
import { changeNote, removeNote } from "@/lib/notes/service";

export const PATCH = route(
  {
    auth: "studio",
    params: idParams,
    body: changeNoteInput,
    rate: { limit: 1_200, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const which = { userId: principal.userId, noteId: params.id };
    return json({ note: await changeNote({ ...which, change: body }) });
  },
);

export const DELETE = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  await removeNote({ userId: principal.userId, noteId: params.id });
  return new Response(null, { status: 204 });
});
