import { z } from "zod";

/** `[id]` of a route: a UUID in lower case, so that nothing else reaches the database. */
export const idParams = z.object({ id: z.uuid().refine((id) => id === id.toLowerCase()) });

/** `[id]` of a top-up: the order's public number. */
export const orderParams = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{6,64}$/) });
