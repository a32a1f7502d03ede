import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { addNoteInput } from "@/lib/notes/schema";
import { addNote, listNotes } from "@/lib/notes/service";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ notes: await listNotes({ userId: principal.userId, trackId: params.id }) }),
);

export const POST = route(
  {
    auth: "studio",
    params: idParams,
    body: addNoteInput,
    rate: { limit: 1_200, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const which = { userId: principal.userId, trackId: params.id };
    return json({ note: await addNote({ ...which, input: body }) }, 201);
  },
);
