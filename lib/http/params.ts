import { z } from "zod";

/** `[id]` of a route: a UUID in lower case, so that nothing else reaches the database. */
export const idParams = z.object({ id: z.uuid().refine((id) => id === id.toLowerCase()) });
