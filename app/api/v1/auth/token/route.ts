import { logInProgram } from "@/lib/auth/program";
import { tokenInput } from "@/lib/auth/schema";
import { json, route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: tokenInput }, async ({ body }) =>
  json(await logInProgram(body)),
);
